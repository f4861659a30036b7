import { advance } from '../../designs/advance.js';
import { mmap_attaching } from '../change.js';
import { mutant } from '../mutant.js';

export const account_outside_aux_mutex = mutant(
  advance,
  {
    id: 'account-outside-aux-mutex',
    family: 'advance-mapping',
    needs: 'interleaving',
    source: 'review, August 2025',
    defect: 'The charge of an AUX area is added after aux_mutex is dropped.',
    shows: 'a task that shares the area sees, and can map, what is charged already',
  },
  { mmap: mmap_attaching({ accounts_outside_aux_mutex: true }) },
);
