import type { RaceCounts } from '../properties/races/search.js';
import { thousands } from '../reports/terminal/summary.js';
import { line } from '../reports/terminal/text.js';
import { type Terminal, tell } from './terminal.js';

/** Milliseconds between two lines. */
const LINE_MS = 5_000;

/** One line every five seconds: how far a search for races has come. */
export function raceProgress(
  terminal: Terminal,
  plans: number,
  now: () => number = Date.now,
): (counts: RaceCounts) => void {
  let next = now() + LINE_MS;
  return (counts) => {
    const at = now();
    if (at < next) return;
    next = at + LINE_MS;
    tell(terminal, [
      line(
        `plan ${thousands(counts.plans)} of ${thousands(plans)}, ${thousands(counts.schedules)} schedules, ${thousands(counts.steps)} steps`,
      ),
    ]);
  };
}
