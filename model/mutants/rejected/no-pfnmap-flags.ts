import { advance } from '../../designs/advance.js';
import { map_range_with } from '../../designs/hooks/map-range.js';
import { VM_IO, VM_PFNMAP } from '../../mm/flags.js';
import { remap_pfn_range } from '../../mm/pgtable.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const no_pfnmap_flags = mutant(
  advance,
  {
    id: 'no-pfnmap-flags',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect: 'VM_PFNMAP and VM_IO are dropped again, and there is no fault handler.',
    shows: 'after MADV_DONTNEED a page that should be there is a SIGBUS',
  },
  {
    mmap: mmap_with(
      map_range_with({
        map_page(w, v, address, page, prot) {
          const ret = remap_pfn_range(w, v, address, page, prot);
          w.vma.vm_flags[v] &= ~(VM_IO | VM_PFNMAP);
          return ret;
        },
      }),
    ),
  },
);
