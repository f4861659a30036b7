import { PROCS } from '../alphabet/bounds.js';
import { FINDING } from './findings.js';
import { GIFT, type State, side } from './state.js';

/**
 * Pages of a charge that go over the user's gift, and so to the memory's `pinned_vm`
 * (perf_mmap_calc_limits; before v6.17 a part of perf_mmap).
 */
export function overGift(s: State, user: number, pages: number): number {
  const gift = s.scalar[GIFT];
  const used = s.userUsed[user];
  const over = (used < gift ? used : gift) + pages - gift;
  return over > 0 ? over : 0;
}

/** May this process have that many more pages pinned? RLIMIT_MEMLOCK decides, unless something lifts it. */
export function mayPin(s: State, p: number, over: number): boolean {
  const pinned = s.procPinned[p] + over;
  // Less than nothing can only be where a charge was given back to the wrong one; as an unsigned number it is over any limit.
  return unlimited(s, p) || (pinned >= 0 && pinned <= s.procRlimit[p]);
}

/** No limit counts: perf_event_paranoid is -1 or less, or the process has CAP_IPC_LOCK. */
export function unlimited(s: State, p: number): boolean {
  return s.env.paranoid <= -1 || s.procCap[p] !== 0;
}

export function charge(s: State, p: number, fromGift: number, pinned: number): void {
  s.userUsed[s.procUser[p]] += fromGift;
  s.procPinned[p] += pinned;
}

/**
 * Give a charge back to whom it was taken from, when process `unmapper` unmaps the last page of what it was
 * for. A memory that is gone has nothing left to give back to.
 */
export function refund(
  s: State,
  user: number,
  memory: number,
  fromGift: number,
  pinned: number,
  unmapper: number,
): void {
  s.userUsed[user] -= fromGift;
  if (pinned === 0) return;
  if (s.procMemory[unmapper] !== memory && side(s, FINDING.unmapperRefunded)) {
    s.procPinned[unmapper] -= pinned;
    return;
  }
  for (let p = 0; p < PROCS; p++) {
    if (s.procAlive[p] !== 0 && s.procMemory[p] === memory) s.procPinned[p] -= pinned;
  }
}
