import { advance } from '../../designs/advance.js';

import { mutant } from '../mutant.js';

export const mkwrite_any_page = mutant(
  advance,
  {
    id: 'mkwrite-any-page',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect: 'pfn_mkwrite does not ask whether the page is the control page.',
    shows: 'data pages become writable on the first store',
  },
  { vm_ops: { ...advance.vm_ops, pfn_mkwrite: () => 0 } },
);
