import { advance } from '../../designs/advance.js';
import { map_range_with } from '../../designs/hooks/map-range.js';
import { vm_insert_page } from '../../mm/pgtable.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

const insert = map_range_with({ map_page: vm_insert_page });

export const mmap_prepare_insert = mutant(
  advance,
  {
    id: 'mmap-prepare-insert',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect:
      'mmap_prepare with an action that inserts the pages: vm_page_prot is that of write-notify by then, but the struct page is back, and pfn_mkwrite never runs.',
    shows: 'the first store to a data page makes it writable',
  },
  {
    mmap: mmap_with(() => 0),
    mmap_complete: (w, v) => insert(w, v, w.event.rb[w.vma.file[v] - 1] - 1),
  },
);
