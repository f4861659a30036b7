import type { Charge } from '../kernel/core-kernel.js';
import type { World } from '../kernel/world.js';
import { mmOf } from '../kernel/world.js';

/** The division that `calc_limits` has made for the mmap that is under way. */
export const charge: { user: number; pinned: number } = { user: 0, pinned: 0 };

/**
 * The limit of perf's own: up to the gift a user's buffers count as `perf_mlock`, the rest as the memory's
 * `pinned_vm`, which RLIMIT_MEMLOCK bounds for unprivileged callers (perf_mmap, v5.6; perf_mmap_calc_limits, v6.18).
 */
export function perf_mmap_calc_limits(w: World, mm: number, pages: number, into: Charge): boolean {
  const { sys, task } = w;
  const limit = sys.gift[0];
  const locked = Math.min(w.user.perf_mlock[task.user[mm]], limit) + pages;
  into.pinned = Math.max(0, locked - limit);
  into.user = pages - into.pinned;
  const pinned = task.pinned_vm[mm] + into.pinned;
  // Compared as unsigned: below 0 is beyond every limit.
  return (pinned >= 0 && pinned <= task.rlimit_memlock[mm]) || may_exceed(w, mm);
}

/** Whether RLIMIT_MEMLOCK does not bind this caller. */
export function may_exceed({ sys, task }: World, mm: number): boolean {
  return sys.paranoid[0] <= -1 || task.cap_ipc_lock[mm] !== 0;
}

/** Add a charge to the caller's user and to the memory of the VMA (perf_mmap_account, v6.18). */
export function perf_mmap_account(w: World, v: number, made: Charge): void {
  const mm = mmOf(v);
  w.user.perf_mlock[w.task.user[mm]] += made.user;
  w.task.pinned_vm[mm] += made.pinned;
}
