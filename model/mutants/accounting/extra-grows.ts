import { advance } from '../../designs/advance.js';
import { may_exceed } from '../../perf/account.js';
import { mutant } from '../mutant.js';

export const extra_grows = mutant(
  advance,
  {
    id: 'extra-grows',
    family: 'accounting',
    needs: 'sequence',
    source: 'd44248a41337, v5.4',
    defect:
      'The gift is charged in full and the excess over it is counted from the start each time: 1, 3, 6, 10.',
    shows: 'more is charged than is mapped, so that limits refuse what they should allow',
  },
  {
    calc_limits(w, mm, pages, charge) {
      const locked = w.user.perf_mlock[w.task.user[mm]] + pages;
      charge.pinned = Math.max(0, locked - w.sys.gift[0]);
      charge.user = pages;
      return w.task.pinned_vm[mm] + charge.pinned <= w.task.rlimit_memlock[mm] || may_exceed(w, mm);
    },
  },
);
