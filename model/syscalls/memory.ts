import type { OP } from '../alphabet/operations.js';
import { addressOf } from '../kernel/world.js';
import { sys_madvise } from '../mm/madvise.js';
import { mincore_vec, sys_mincore } from '../mm/mincore.js';
import { sys_mlock, sys_mlockall, sys_munlock, sys_munlockall } from '../mm/mlock.js';
import { sys_mmap } from '../mm/mmap.js';
import { sys_mprotect } from '../mm/mprotect.js';
import { sys_mremap } from '../mm/mremap.js';
import { sys_msync } from '../mm/msync.js';
import { sys_munmap } from '../mm/munmap.js';
import { event_of } from '../perf/event.js';
import type { Handler } from './handler.js';

/** Handlers of the operations on ranges of memory; operands as `OPERATIONS` declares them. */
export const MEMORY = {
  mmap: (w, proc, fd, page, npages, prot, flags, pgoff) =>
    sys_mmap(w, addressOf(proc, page), npages, prot, flags, fd < 0 ? -1 : event_of(w, proc, fd), pgoff),
  munmap: (w, proc, page, npages) => sys_munmap(w, addressOf(proc, page), npages),
  mremap: (w, proc, page, npages, len, mode, to) =>
    sys_mremap(w, addressOf(proc, page), npages, len, mode, addressOf(proc, to)),
  mprotect: (w, proc, page, npages, prot) => sys_mprotect(w, addressOf(proc, page), npages, prot),
  madvise: (w, proc, page, npages, advice) => sys_madvise(w, addressOf(proc, page), npages, advice),
  mlock: (w, proc, page, npages, flags) => sys_mlock(w, addressOf(proc, page), npages, flags !== 0),
  munlock: (w, proc, page, npages) => sys_munlock(w, addressOf(proc, page), npages),
  mlockall: (w, proc, flags) => sys_mlockall(w, proc, flags),
  munlockall: (w, proc) => sys_munlockall(w, proc),
  mincore: (w, proc, page, npages, _c, _d, _e, _f, obs) => {
    const err = sys_mincore(w, addressOf(proc, page), npages);
    if (err === 0) obs[1] = mincore_vec;
    return err;
  },
  msync: (w, proc, page, npages, flags) => sys_msync(w, addressOf(proc, page), npages, flags),
} satisfies Partial<Record<keyof typeof OP, Handler>>;
