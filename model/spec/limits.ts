import type { State } from './state.js';

/** Pages that mlockall(MCL_CURRENT) locks beside the arena: more than any RLIMIT_MEMLOCK here. */
const ALL_ELSE = 1 << 16;

/** May this process lock memory at all (can_do_mlock)? */
export function mayLock(s: State, p: number): boolean {
  return s.procCap[p] !== 0 || s.procRlimit[p] !== 0;
}

/** Pages that this process has locked. */
export function lockedPages(s: State, p: number): number {
  return s.procLockedAll[p] !== 0 ? s.procLocked[p] + ALL_ELSE : s.procLocked[p];
}

/** May it lock that many more pages (mlock_future_ok)? */
export function withinLockLimit(s: State, p: number, more: number): boolean {
  return s.procCap[p] !== 0 || lockedPages(s, p) + more <= s.procRlimit[p];
}
