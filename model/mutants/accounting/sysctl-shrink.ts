import { advance } from '../../designs/advance.js';
import { may_exceed } from '../../perf/account.js';
import { mutant } from '../mutant.js';

export const sysctl_shrink = mutant(
  advance,
  {
    id: 'sysctl-shrink',
    family: 'accounting',
    needs: 'sequence',
    source: '003461559ef7, v5.6',
    defect: 'What is above a limit that has shrunk since is taken for excess of this mmap.',
    shows: 'a negative charge to perf_mlock, the rest to pinned_vm',
  },
  {
    calc_limits(w, mm, pages, charge) {
      const locked = w.user.perf_mlock[w.task.user[mm]] + pages;
      charge.pinned = Math.max(0, locked - w.sys.gift[0]);
      charge.user = pages - charge.pinned;
      return w.task.pinned_vm[mm] + charge.pinned <= w.task.rlimit_memlock[mm] || may_exceed(w, mm);
    },
  },
);
