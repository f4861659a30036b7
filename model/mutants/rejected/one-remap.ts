import { advance } from '../../designs/advance.js';
import { VM_SHARED } from '../../mm/flags.js';
import { remap_pfn_range } from '../../mm/pgtable.js';
import { vm_get_page_prot, vma_pages } from '../../mm/vma.js';
import { perf_mmap_to_page } from '../../perf/ring-buffer.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const one_remap = mutant(
  advance,
  {
    id: 'one-remap',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect: 'One remap_pfn_range for the whole VMA, from the first page on.',
    shows: 'frames of others, for the pages of a buffer do not follow each other',
  },
  {
    mmap: mmap_with((w, v, rb) => {
      const first = perf_mmap_to_page(w, rb, w.vma.vm_pgoff[v]) - 1;
      const prot = vm_get_page_prot(w.vma.vm_flags[v] & ~VM_SHARED);
      return remap_pfn_range(w, v, v, first, prot, vma_pages(w, v));
    }),
  },
);
