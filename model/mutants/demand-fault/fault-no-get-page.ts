import { demand_fault } from '../../designs/demand-fault.js';
import { perf_mmap_fault } from '../../designs/hooks/fault.js';
import { mutant } from '../mutant.js';

export const fault_no_get_page = mutant(
  demand_fault,
  {
    id: 'fault-no-get-page',
    family: 'demand-fault',
    needs: 'sequence',
    source: 'before v6.14',
    defect: 'The fault handler takes no reference to the page.',
    shows: 'unmapping frees a page that the buffer still has',
  },
  {
    vm_ops: {
      ...demand_fault.vm_ops,
      fault(w, v, pgoff, flags) {
        const got = perf_mmap_fault(w, v, pgoff, flags);
        if (got !== 0) w.page.refcount[got - 1]--;
        return got;
      },
    },
  },
);
