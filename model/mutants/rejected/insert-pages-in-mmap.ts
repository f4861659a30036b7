import { advance } from '../../designs/advance.js';
import { map_range_with } from '../../designs/hooks/map-range.js';
import { vm_insert_page } from '../../mm/pgtable.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const insert_pages_in_mmap = mutant(
  advance,
  {
    id: 'insert-pages-in-mmap',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect:
      'The pages are inserted with vm_insert_pages inside mmap, when vm_page_prot is not yet that of write-notify.',
    shows: 'data pages are writable at once',
  },
  { mmap: mmap_with(map_range_with({ map_page: vm_insert_page })) },
);
