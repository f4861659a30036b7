import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { mmOf } from '#model/kernel/world';
import { perf_mmap_calc_limits } from '#model/perf/account';
import { after_mmap } from './change.js';

type Limits = Design['calc_limits'];
const limits = (id: string, calc_limits: Limits): Design => ({ ...advance, id, calc_limits });

/** Defects in the division of a charge, and in its limits. */
export const CHARGING: readonly Design[] = [
  limits('sysctl-shrink', (w, mm, pages, charge) => {
    const locked = w.user.perf_mlock[w.task.user[mm]] + pages;
    charge.pinned = Math.max(0, locked - w.sys.gift[0]);
    charge.user = pages - charge.pinned;
    return w.task.pinned_vm[mm] + charge.pinned <= w.task.rlimit_memlock[mm] || w.task.cap_ipc_lock[mm] !== 0;
  }),
  limits('extra-grows', (w, mm, pages, charge) => {
    const locked = w.user.perf_mlock[w.task.user[mm]] + pages;
    charge.pinned = Math.max(0, locked - w.sys.gift[0]);
    charge.user = pages;
    return w.task.pinned_vm[mm] + charge.pinned <= w.task.rlimit_memlock[mm] || w.task.cap_ipc_lock[mm] !== 0;
  }),
  limits('shared-gift', (w, mm, pages, charge) => {
    const user = w.task.user[mm];
    w.user.perf_mlock[user] += w.task.locked_vm[mm];
    const allowed = perf_mmap_calc_limits(w, mm, pages, charge);
    w.user.perf_mlock[user] -= w.task.locked_vm[mm];
    return allowed;
  }),
  {
    ...advance,
    id: 'pinned-not-charged',
    mmap: after_mmap(advance.mmap, (w, v, e, ret) => {
      const rb = w.event.rb[e] - 1;
      if (ret === 0 && w.rb.mmap_count[rb] === 1) w.task.pinned_vm[mmOf(v)] -= w.rb.mmap_locked[rb];
    }),
  },
  limits('no-limit', (w, mm, pages, charge) => {
    perf_mmap_calc_limits(w, mm, pages, charge);
    return charge.pinned === 0 || w.task.pinned_vm[mm] + charge.pinned <= w.task.rlimit_memlock[mm] + 1;
  }),
];
