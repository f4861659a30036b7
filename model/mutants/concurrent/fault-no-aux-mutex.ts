import { demand_fault } from '../../designs/demand-fault.js';
import { perf_mmap_fault } from '../../designs/hooks/fault.js';
import { mutant } from '../mutant.js';

export const fault_no_aux_mutex = mutant(
  demand_fault,
  {
    id: 'fault-no-aux-mutex',
    family: 'demand-fault',
    needs: 'interleaving',
    source: 'before v6.14',
    defect: 'The fault handler reads the AUX array while another task fills it.',
    shows: 'page 0 of a data mapping is the first AUX page',
  },
  { vm_ops: { ...demand_fault.vm_ops, fault: perf_mmap_fault } },
);
