import { advance } from '../../designs/advance.js';
import { VM_IO, VM_PFNMAP } from '../../mm/flags.js';
import { vmf_insert_pfn } from '../../mm/pgtable.js';
import { perf_mmap_to_page } from '../../perf/ring-buffer.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const lazy_insert_pfn = mutant(
  advance,
  {
    id: 'lazy-insert-pfn',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect: 'The pages are faulted in with vmf_insert_pfn, without a reference.',
    shows:
      'pages that are not there from the start; with a fault at the wrong moment, an entry to a freed buffer',
  },
  {
    mmap: mmap_with((w, v) => {
      w.vma.vm_flags[v] |= VM_IO | VM_PFNMAP;
      return 0;
    }),
    vm_ops: {
      ...advance.vm_ops,
      fault(w, v, pgoff) {
        const got = perf_mmap_to_page(w, w.event.rb[w.vma.file[v] - 1] - 1, pgoff);
        if (got === 0) return 0;
        vmf_insert_pfn(w, v, v + pgoff - w.vma.vm_pgoff[v], got - 1);
        return -1;
      },
    },
  },
);
