import { advance } from '../../designs/advance.js';
import { vmalloc } from '../../perf/backing.js';
import { mutant } from '../mutant.js';

export const vmalloc_single_page = mutant(
  advance,
  {
    id: 'vmalloc-single-page',
    family: 'accounting',
    needs: 'sequence',
    source: 'v3.10',
    defect:
      'The order of a vmalloc buffer without data pages is -1, and the loop that frees it goes up to 1 << -1.',
    shows: 'the wrong pages are freed: here none',
  },
  {
    backing: {
      alloc(w, rb, nr_pages) {
        const ok = vmalloc.alloc(w, rb, nr_pages);
        if (nr_pages === 0) w.rb.page_order[rb] = -1;
        return ok;
      },
      pages: (w, rb) => (1 << w.rb.page_order[rb]) + 1,
    },
  },
);
