import { advance } from '../../designs/advance.js';
import { mmap_attaching } from '../change.js';
import { mutant } from '../mutant.js';

export const redirected_mmap = mutant(
  advance,
  {
    id: 'redirected-mmap',
    family: 'advance-mapping',
    needs: 'sequence',
    source: 'd06bf78e55d5',
    defect: 'An event that was redirected to a buffer may map it, and increments its own mmap_count from 0.',
    shows: 'refcount_t warns and saturates: the buffer is never given back',
  },
  { mmap: mmap_attaching({ redirected_may_map: true }) },
);
