// One search of the twin on one thread, for a bench that runs two at the same time. Usage: explore-once.js FDS PLACES
import { exploreTwin } from './explore-runs.js';

const [fds, places] = process.argv.slice(2).map(Number);
await exploreTwin([fds, places], { symmetry: false });
