import type { OP } from '../alphabet/operations.js';
import { down_write, up_write } from '../kernel/locks.js';
import { addressOf } from '../kernel/world.js';
import { sys_madvise } from '../mm/madvise.js';
import { mincore_vec, sys_mincore } from '../mm/mincore.js';
import { sys_mlock, sys_mlockall, sys_munlock, sys_munlockall } from '../mm/mlock.js';
import { sys_mmap } from '../mm/mmap.js';
import { sys_mprotect } from '../mm/mprotect.js';
import { sys_mremap } from '../mm/mremap.js';
import { sys_msync } from '../mm/msync.js';
import { sys_munmap } from '../mm/munmap.js';
import { fdget, fput } from '../perf/event.js';
import type { Handler } from './handler.js';

/**
 * With the process's `mmap_lock` held for writing. Kernels take it for reading where they change no VMA, and populate after
 * they gave it back: here one task at a time does either.
 */
const writing =
  (handler: Handler): Handler =>
  (w, proc, a, b, c, d, e, f, obs) => {
    down_write(w, w.task.mmap_lock, proc);
    const status = handler(w, proc, a, b, c, d, e, f, obs);
    up_write(w, w.task.mmap_lock, proc);
    return status;
  };

const map = writing((w, proc, event, page, npages, prot, flags, pgoff) =>
  sys_mmap(w, addressOf(proc, page), npages, prot, flags, event, pgoff),
);

/** Handlers of the operations on ranges of memory; operands as `OPERATIONS` declares them. */
export const MEMORY = {
  mmap: (w, proc, fd, page, npages, prot, flags, pgoff, obs) => {
    const event = fd < 0 ? -1 : fdget(w, proc, fd);
    const status = map(w, proc, event, page, npages, prot, flags, pgoff, obs);
    if (event >= 0) fput(w, event);
    return status;
  },
  munmap: writing((w, proc, page, npages) => sys_munmap(w, addressOf(proc, page), npages)),
  mremap: writing((w, proc, page, npages, len, mode, to) =>
    sys_mremap(w, addressOf(proc, page), npages, len, mode, addressOf(proc, to)),
  ),
  mprotect: writing((w, proc, page, npages, prot) => sys_mprotect(w, addressOf(proc, page), npages, prot)),
  madvise: writing((w, proc, page, npages, advice) => sys_madvise(w, addressOf(proc, page), npages, advice)),
  mlock: writing((w, proc, page, npages, flags) => sys_mlock(w, addressOf(proc, page), npages, flags !== 0)),
  munlock: writing((w, proc, page, npages) => sys_munlock(w, addressOf(proc, page), npages)),
  mlockall: writing((w, proc, flags) => sys_mlockall(w, proc, flags)),
  munlockall: writing((w, proc) => sys_munlockall(w, proc)),
  mincore: writing((w, proc, page, npages, _c, _d, _e, _f, obs) => {
    const err = sys_mincore(w, addressOf(proc, page), npages);
    if (err === 0) obs[1] = mincore_vec;
    return err;
  }),
  msync: writing((w, proc, page, npages, flags) => sys_msync(w, addressOf(proc, page), npages, flags)),
} satisfies Partial<Record<keyof typeof OP, Handler>>;
