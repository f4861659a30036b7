import { advance } from '../../designs/advance.js';
import { map_range_with } from '../../designs/hooks/map-range.js';
import { vm_get_page_prot } from '../../mm/vma.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const shared_prot = mutant(
  advance,
  {
    id: 'shared-prot',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect: 'The pages are mapped with vm_page_prot: the `& ~VM_SHARED` is forgotten.',
    shows: 'all pages are writable at once',
  },
  { mmap: mmap_with(map_range_with({ prot: (w, v) => vm_get_page_prot(w.vma.vm_flags[v]) })) },
);
