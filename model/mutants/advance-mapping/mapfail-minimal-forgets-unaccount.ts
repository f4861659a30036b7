import { advance } from '../../designs/advance.js';
import { to_whom_was_charged } from '../../designs/hooks/close.js';
import { map_range } from '../../designs/hooks/map-range.js';
import { undo_new_buffer } from '../../designs/hooks/undo.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const mapfail_minimal_forgets_unaccount = mutant(
  advance,
  {
    id: 'mapfail-minimal-forgets-unaccount',
    family: 'advance-mapping',
    needs: 'injection',
    source: 'a first version of the repair of c69df06e4e26',
    defect: 'What takes back a failed mapping in place leaves out the refund.',
    shows: 'the user and the memory stay charged',
  },
  { mmap: mmap_with(map_range, undo_new_buffer({ ...to_whom_was_charged, data() {} })) },
);
