import { advance } from '../../designs/advance.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';
import { insert_read_only, page_mkwrite_answering } from './inserting.js';

export const insert_pages_ro_noretry = mutant(
  advance,
  {
    id: 'insert-pages-ro-noretry',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect: 'The pages are inserted read-only, and page_mkwrite returns 0 for a page whose mapping is NULL.',
    shows: 'a store to the control page is retried for ever',
  },
  { mmap: mmap_with(insert_read_only), vm_ops: page_mkwrite_answering(0) },
);
