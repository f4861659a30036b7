import { advance } from '../../designs/advance.js';
import { to_whom_was_charged } from '../../designs/hooks/close.js';
import { close_refunding } from '../change.js';
import { mutant } from '../mutant.js';

export const refund_per_event = mutant(
  advance,
  {
    id: 'refund-per-event',
    family: 'accounting',
    needs: 'sequence',
    source: '26cb63ad11e0, v3.10',
    defect:
      'The last mapping of each event gives back the whole charge of the buffer, though others have it mapped.',
    shows: 'perf_mlock and pinned_vm fall below what is mapped',
  },
  { vm_ops: { ...advance.vm_ops, close: close_refunding({ event: to_whom_was_charged.data }) } },
);
