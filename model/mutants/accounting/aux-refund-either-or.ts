import { advance } from '../../designs/advance.js';
import { close_refunding } from '../change.js';
import { mutant } from '../mutant.js';

export const aux_refund_either_or = mutant(
  advance,
  {
    id: 'aux-refund-either-or',
    family: 'accounting',
    needs: 'sequence',
    source: '36b3db03b474, v5.5',
    defect:
      'A charge of an AUX area that was divided is refunded in one piece, to pinned_vm if any of it was there.',
    shows: 'pinned_vm falls below 0 and perf_mlock keeps pages for ever',
  },
  {
    vm_ops: {
      ...advance.vm_ops,
      close: close_refunding({
        aux(w, rb) {
          const { aux_nr_pages, aux_mmap_locked, aux_user, aux_mm, aux_gen } = w.rb;
          if (aux_mmap_locked[rb] === 0) w.user.perf_mlock[aux_user[rb]] -= aux_nr_pages[rb];
          else if (w.task.gen[aux_mm[rb]] === aux_gen[rb]) w.task.pinned_vm[aux_mm[rb]] -= aux_nr_pages[rb];
        },
      }),
    },
  },
);
