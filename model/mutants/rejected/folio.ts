import { advance } from '../../designs/advance.js';
import { set_page_index, set_page_mapping } from '../../mm/page.js';
import { linear_page_index } from '../../mm/vma.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';
import { inserting_read_only, page_mkwrite_answering } from './inserting.js';

export const folio = mutant(
  advance,
  {
    id: 'folio',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect: 'The pages become folios of the file, with mapping and index set.',
    shows: 'GUP reaches them, and a pin outlives the buffer',
  },
  {
    mmap: mmap_with(
      inserting_read_only((w, v, address, page) => {
        set_page_mapping(w, page, w.vma.file[v]);
        set_page_index(w, page, linear_page_index(w, v, address));
      }),
    ),
    vm_ops: page_mkwrite_answering(0),
  },
);
