import { advance } from '../../designs/advance.js';
import { mutant } from '../mutant.js';

export const aux_per_event_mutex = mutant(
  advance,
  {
    id: 'aux-per-event-mutex',
    family: 'attachment',
    needs: 'interleaving',
    source: '2ab9d830262c, CVE-2024-46713',
    defect:
      'The AUX fields of a buffer are protected by the mutex of an event, of which a buffer has several.',
    shows: 'the AUX area is allocated or freed twice',
  },
  { aux_excludes: 'event' },
);
