import { ARENA_PAGES } from '../alphabet/bounds.js';
import { ANY, OK, SKIP, VIEW_LO } from '../alphabet/observations.js';
import { cellOf, isMapped, isPerf } from './cells.js';
import { EBUSY, EINVAL, ENOMEM } from './errors.js';
import { RULE } from './rules.js';
import type { State } from './state.js';

/**
 * mincore(2). Of a file that the process could not write to it tells nothing, and calls every page resident:
 * so of perf's, for the inode behind perf's files is root's (can_do_mincore).
 */
export function mincore(s: State, p: number, ops: Int32Array, at: number): number {
  const page = ops[at + 2];
  const npages = ops[at + 3];
  if (page + npages > ARENA_PAGES) return SKIP;
  const first = cellOf(p, page);
  let anonymous = false;
  s.rule = RULE.mincoreHole;
  for (let c = first; c < first + npages; c++) {
    if (!isMapped(s, c)) return ENOMEM;
    if (!isPerf(s, c)) anonymous = true;
  }
  s.rule = RULE.mincore;
  s.value = anonymous ? ANY : (1 << npages) - 1;
  return OK;
}

const ASYNC = 1;
const INVALIDATE = 2;
const SYNC = 4;

/** msync(2): an event cannot be synchronised (it has no fsync), anonymous memory has nothing to. */
export function msync(s: State, p: number, ops: Int32Array, at: number): number {
  const page = ops[at + 2];
  const npages = ops[at + 3];
  const flags = ops[at + 4];
  if (page + npages > ARENA_PAGES) return SKIP;
  s.rule = RULE.msyncFlags;
  if ((flags & (ASYNC | SYNC)) === (ASYNC | SYNC)) return EINVAL;
  const first = cellOf(p, page);
  let hole = false;
  for (let c = first; c < first + npages; c++) {
    if (!isMapped(s, c)) {
      s.rule = RULE.msyncHole;
      hole = true;
      continue;
    }
    s.rule = RULE.msyncLocked;
    if ((flags & INVALIDATE) !== 0 && (s.cellView[c] & VIEW_LO) !== 0) return EBUSY;
    s.rule = RULE.msyncPerf;
    if ((flags & SYNC) !== 0 && isPerf(s, c)) return EINVAL;
  }
  s.rule = hole ? RULE.msyncHole : RULE.msync;
  return hole ? ENOMEM : OK;
}
