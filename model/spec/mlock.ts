import { ARENA_PAGES } from '../alphabet/bounds.js';
import { OK, SKIP, VIEW_LO } from '../alphabet/observations.js';
import { cellOf, isMapped, isPerf, isShared, markEnds, objectWordsAt } from './cells.js';
import { EINVAL, ENOMEM, EPERM } from './errors.js';
import { lockedPages, mayLock } from './limits.js';
import { isReadable, populate, touch } from './populate.js';
import { RULE } from './rules.js';
import {
  FUTURE_LOCK,
  FUTURE_NONE,
  FUTURE_ON_FAULT,
  MARK_LOCK_ON_FAULT,
  NONE,
  type State,
  side,
} from './state.js';
import { VP } from './variation-points.js';

const CURRENT = 1;
const FUTURE = 2;
const ON_FAULT = 4;

/** mlock2(2). Perf's pages are always in memory: locking leaves them out, and only brings them in. */
export function mlock(s: State, p: number, ops: Int32Array, at: number): number {
  const page = ops[at + 2];
  const npages = ops[at + 3];
  if (page + npages > ARENA_PAGES) return SKIP;
  s.rule = RULE.mlockPermission;
  if (!mayLock(s, p)) return EPERM;
  const first = cellOf(p, page);
  const end = first + npages;
  s.rule = RULE.mlockLimit;
  if (!mayLockRange(s, p, first, end)) return ENOMEM;
  if (npages === 0) {
    s.rule = RULE.rangeEmpty;
    return OK;
  }
  const status = setLocked(s, p, first, end, VIEW_LO, ops[at + 4] === 0 ? 0 : MARK_LOCK_ON_FAULT);
  if (status !== OK) return status;
  return bringIn(s, first, end);
}

/** Pages of the range that are locked already do not count again (do_mlock). */
function mayLockRange(s: State, p: number, first: number, end: number): boolean {
  if (s.procCap[p] !== 0) return true;
  const limit = s.procRlimit[p];
  let locked = lockedPages(s, p) + end - first;
  for (let c = first; c < end; c++) if ((s.cellView[c] & VIEW_LO) !== 0) locked--;
  return locked <= limit;
}

/** From the lowest page up to the first hole (apply_vma_lock_flags). */
function setLocked(s: State, p: number, first: number, end: number, lock: number, mark: number): number {
  markEnds(s, p, first, end);
  s.rule = RULE.mlockHole;
  for (let c = first; c < end; c++) {
    if (!isMapped(s, c)) return ENOMEM;
    if (!isPerf(s, c)) lockCell(s, p, c, lock, mark);
  }
  s.rule = RULE.mlock;
  return OK;
}

function lockCell(s: State, p: number, cell: number, lock: number, mark: number): void {
  const was = s.cellView[cell] & VIEW_LO;
  if (was === 0 && lock !== 0) s.procLocked[p]++;
  if (was !== 0 && lock === 0) s.procLocked[p]--;
  s.cellView[cell] = (s.cellView[cell] & ~VIEW_LO) | lock;
  s.cellMark[cell] = (s.cellMark[cell] & ~MARK_LOCK_ON_FAULT) | mark;
}

/** mlock then touches the pages, and reports what it cannot touch as ENOMEM (__mm_populate). */
function bringIn(s: State, first: number, end: number): number {
  for (let c = first; c < end; c++) {
    const view = s.cellView[c];
    if (isPerf(s, c)) {
      if (side(s, VP.mlockIgnored)) continue;
      s.rule = RULE.mlockInaccessible;
      if (!isReadable(s, view)) return ENOMEM;
      touch(s, c);
      continue;
    }
    if ((s.cellMark[c] & MARK_LOCK_ON_FAULT) !== 0) continue;
    s.rule = RULE.mlockInaccessible;
    if (!isReadable(s, view)) return ENOMEM;
    if (isShared(s, c) && objectWordsAt(s, c) === NONE) return ENOMEM;
  }
  s.rule = RULE.mlock;
  return OK;
}

export function munlock(s: State, p: number, ops: Int32Array, at: number): number {
  const page = ops[at + 2];
  const npages = ops[at + 3];
  if (page + npages > ARENA_PAGES) return SKIP;
  const first = cellOf(p, page);
  if (npages === 0) {
    s.rule = RULE.rangeEmpty;
    return OK;
  }
  return setLocked(s, p, first, first + npages, 0, 0);
}

export function mlockall(s: State, p: number, ops: Int32Array, at: number): number {
  const flags = ops[at + 2];
  s.rule = RULE.mlockallFlags;
  if (flags === 0 || flags === ON_FAULT) return EINVAL;
  s.rule = RULE.mlockPermission;
  if (!mayLock(s, p)) return EPERM;
  const current = (flags & CURRENT) !== 0;
  // A process has far more than 64 pages, the most that RLIMIT_MEMLOCK can be here.
  s.rule = RULE.mlockallLimit;
  if (current && s.procCap[p] === 0) return ENOMEM;
  const onFault = (flags & ON_FAULT) !== 0;
  s.procFuture[p] = (flags & FUTURE) === 0 ? FUTURE_NONE : onFault ? FUTURE_ON_FAULT : FUTURE_LOCK;
  s.rule = RULE.mlockall;
  if (!current) return OK;
  lockArena(s, p, VIEW_LO, onFault ? MARK_LOCK_ON_FAULT : 0);
  s.procLockedAll[p] = 1;
  populate(s, cellOf(p, 0), cellOf(p, ARENA_PAGES));
  return OK;
}

export function munlockall(s: State, p: number): number {
  s.procFuture[p] = FUTURE_NONE;
  s.procLockedAll[p] = 0;
  lockArena(s, p, 0, 0);
  s.rule = RULE.munlockall;
  return OK;
}

function lockArena(s: State, p: number, lock: number, mark: number): void {
  const end = cellOf(p, ARENA_PAGES);
  for (let c = cellOf(p, 0); c < end; c++) {
    if (isMapped(s, c) && !isPerf(s, c)) lockCell(s, p, c, lock, mark);
  }
}
