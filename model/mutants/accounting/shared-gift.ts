import { advance } from '../../designs/advance.js';
import { perf_mmap_calc_limits } from '../../perf/account.js';
import { mutant } from '../mutant.js';

export const shared_gift = mutant(
  advance,
  {
    id: 'shared-gift',
    family: 'accounting',
    needs: 'sequence',
    source: 'stable kernels of 2026',
    defect: 'The gift is counted in a pot that other locked memory fills, too.',
    shows: 'mlock eats the gift',
  },
  {
    calc_limits(w, mm, pages, charge) {
      const user = w.task.user[mm];
      w.user.perf_mlock[user] += w.task.locked_vm[mm];
      const allowed = perf_mmap_calc_limits(w, mm, pages, charge);
      w.user.perf_mlock[user] -= w.task.locked_vm[mm];
      return allowed;
    },
  },
);
