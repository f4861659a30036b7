import { advance } from '../../designs/advance.js';
import { map_range_with } from '../../designs/hooks/map-range.js';
import { PTE_WRITE } from '../../mm/flags.js';
import { remap_pfn_range } from '../../mm/pgtable.js';
import { linear_page_index, vm_get_page_prot } from '../../mm/vma.js';
import { mmap_with, without } from '../change.js';
import { mutant } from '../mutant.js';

export const control_rw_no_hook = mutant(
  advance,
  {
    id: 'control-rw-no-hook',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect: 'The control page is mapped writable up front and there is no pfn_mkwrite.',
    shows: 'the first store to a data page makes it writable',
  },
  {
    mmap: mmap_with(
      map_range_with({
        map_page(w, v, address, page, prot) {
          const control = linear_page_index(w, v, address) === 0;
          const writable = control ? vm_get_page_prot(w.vma.vm_flags[v]) & PTE_WRITE : 0;
          return remap_pfn_range(w, v, address, page, prot | writable);
        },
      }),
    ),
    vm_ops: without(advance.vm_ops, 'pfn_mkwrite'),
  },
);
