import { advance } from '../../designs/advance.js';
import { without } from '../change.js';
import { mutant } from '../mutant.js';

export const vma_split = mutant(
  advance,
  {
    id: 'vma-split',
    family: 'advance-mapping',
    needs: 'sequence',
    source: 'b024d7b56c77, CVE-2025-38563',
    defect:
      'Without may_split a mapping can be cut: the upper part counts as AUX when it is opened, not when it is closed.',
    shows: 'counts that never come back to 0; parts of a mapping go',
  },
  { vm_ops: without(advance.vm_ops, 'may_split') },
);
