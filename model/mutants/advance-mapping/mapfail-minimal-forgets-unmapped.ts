import { advance } from '../../designs/advance.js';
import { map_range } from '../../designs/hooks/map-range.js';
import { event_mapped } from '../../perf/rdpmc.js';
import { mmap_with, undo_as_intended } from '../change.js';
import { mutant } from '../mutant.js';

export const mapfail_minimal_forgets_unmapped = mutant(
  advance,
  {
    id: 'mapfail-minimal-forgets-unmapped',
    family: 'advance-mapping',
    needs: 'injection',
    source: 'a first version of the repair of c69df06e4e26',
    defect: 'What takes back a failed mapping in place leaves out event_unmapped.',
    shows: 'event_mapped and event_unmapped are not balanced',
  },
  {
    mmap: mmap_with(map_range, (w, v) => {
      undo_as_intended(w, v);
      event_mapped(w, v);
    }),
  },
);
