import { advance } from '../../designs/advance.js';
import { rb_alloc_aux } from '../../perf/ring-buffer.js';
import { mmap_attaching } from '../change.js';
import { mutant } from '../mutant.js';

export const aux_count_before_alloc = mutant(
  advance,
  {
    id: 'aux-count-before-alloc',
    family: 'advance-mapping',
    needs: 'injection',
    source: '5468c0fbccbb',
    defect: 'aux_mmap_count is set to 1 before the allocation, and stays when that fails.',
    shows: 'an AUX mapping is counted that is not there',
  },
  {
    mmap: mmap_attaching({
      rb_alloc_aux(w, rb, pgoff, nr_pages) {
        w.rb.aux_mmap_count[rb] = 1;
        return rb_alloc_aux(w, rb, pgoff, nr_pages);
      },
    }),
  },
);
