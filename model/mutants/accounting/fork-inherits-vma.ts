import { demand_fault } from '../../designs/demand-fault.js';
import { VM_DONTCOPY } from '../../mm/flags.js';
import { after_mmap } from '../change.js';
import { mutant } from '../mutant.js';

export const fork_inherits_vma = mutant(
  demand_fault,
  {
    id: 'fork-inherits-vma',
    family: 'accounting',
    needs: 'sequence',
    source: '26cb63ad11e0, v3.10',
    defect: 'Without VM_DONTCOPY a child inherits the mapping.',
    shows: 'a child can use what its parent mapped, and its exit refunds it',
  },
  {
    mmap: after_mmap(demand_fault.mmap, (w, v) => {
      w.vma.vm_flags[v] &= ~VM_DONTCOPY;
    }),
  },
);
