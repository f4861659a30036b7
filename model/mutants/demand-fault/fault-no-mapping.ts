import { demand_fault } from '../../designs/demand-fault.js';
import { perf_mmap_fault } from '../../designs/hooks/fault.js';
import { mutant } from '../mutant.js';

export const fault_no_mapping = mutant(
  demand_fault,
  {
    id: 'fault-no-mapping',
    family: 'demand-fault',
    needs: 'sequence',
    source: 'before v6.14',
    defect: 'The fault handler does not set page->mapping.',
    shows: 'a store to the control page is retried for ever',
  },
  {
    vm_ops: {
      ...demand_fault.vm_ops,
      fault(w, v, pgoff, flags) {
        const got = perf_mmap_fault(w, v, pgoff, flags);
        if (got !== 0) w.page.mapping[got - 1] = 0;
        return got;
      },
    },
  },
);
