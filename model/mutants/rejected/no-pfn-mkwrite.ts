import { advance } from '../../designs/advance.js';
import { without } from '../change.js';
import { mutant } from '../mutant.js';

export const no_pfn_mkwrite = mutant(
  advance,
  {
    id: 'no-pfn-mkwrite',
    family: 'rejected',
    needs: 'sequence',
    source: 'discussion of the change',
    defect: 'pfn_mkwrite is missing.',
    shows: 'core mm makes data pages writable on the first store',
  },
  { vm_ops: without(advance.vm_ops, 'pfn_mkwrite') },
);
