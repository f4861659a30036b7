import { advance } from '../../designs/advance.js';
import { VM_FAULT_LOCKED } from '../../mm/flags.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';
import { insert_read_only, page_mkwrite_answering } from './inserting.js';

export const insert_pages_locked = mutant(
  advance,
  {
    id: 'insert-pages-locked',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect:
      'The pages are inserted read-only, and page_mkwrite returns with the page locked, so that the fault goes on.',
    shows: 'reference counts, map counts and the reverse map come back to kernel pages',
  },
  { mmap: mmap_with(insert_read_only), vm_ops: page_mkwrite_answering(VM_FAULT_LOCKED) },
);
