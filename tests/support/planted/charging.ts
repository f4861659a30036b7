import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { mmOf } from '#model/kernel/world';
import { after_mmap } from '#model/mutants/change';
import { perf_mmap_calc_limits } from '#model/perf/account';

type Limits = Design['calc_limits'];
const limits = (id: string, calc_limits: Limits): Design => ({ ...advance, id, calc_limits });

/** Defects in the division of a charge, and in its limits. */
export const CHARGING: readonly Design[] = [
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
