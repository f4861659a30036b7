import { advance } from '../../designs/advance.js';
import { rb_alloc_aux } from '../../perf/ring-buffer.js';
import { mmap_attaching } from '../change.js';
import { mutant } from '../mutant.js';

export const aux_ret_clobber = mutant(
  advance,
  {
    id: 'aux-ret-clobber',
    family: 'advance-mapping',
    needs: 'injection',
    source: '54473e0ef849',
    defect: 'The error of rb_alloc_aux is overwritten by success.',
    shows: 'an AUX mapping is counted and charged that has no pages',
  },
  {
    mmap: mmap_attaching({
      rb_alloc_aux(w, rb, pgoff, nr_pages) {
        rb_alloc_aux(w, rb, pgoff, nr_pages);
        return true;
      },
    }),
  },
);
