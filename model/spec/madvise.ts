import { ARENA_PAGES } from '../alphabet/bounds.js';
import { OK, SKIP } from '../alphabet/observations.js';
import { ADVICE, AT } from './advice.js';
import { adviseAnonymous } from './advice-anonymous.js';
import { advisePerf } from './advice-perf.js';
import { cellOf, firstCell, isMapped, isPerf, markEnds } from './cells.js';
import { EINVAL, ENOMEM, EPERM } from './errors.js';
import { populateAdvice } from './populate-advice.js';
import { RULE } from './rules.js';
import { type State, side } from './state.js';
import { VP } from './variation-points.js';

/**
 * madvise(2): from the lowest mapping up; what was done before an error stays. Holes are passed over, and
 * make the result ENOMEM.
 */
export function madvise(s: State, p: number, ops: Int32Array, at: number): number {
  const page = ops[at + 2];
  const npages = ops[at + 3];
  const advice = ops[at + 4];
  if (page + npages > ARENA_PAGES) return SKIP;
  s.rule = RULE.madviseUnknown;
  if (!isKnown(s, advice)) return EINVAL;
  s.rule = RULE.rangeEmpty;
  if (npages === 0) return OK;
  s.rule = RULE.madvisePoison;
  if (advice === AT.HWPOISON || advice === AT.SOFT_OFFLINE) return EPERM;
  const first = cellOf(p, page);
  const end = first + npages;
  if (advice === AT.POPULATE_READ || advice === AT.POPULATE_WRITE)
    return populateAdvice(s, first, end, advice);
  if ((ADVICE[advice].set | ADVICE[advice].clear) !== 0) markEnds(s, p, first, end);
  let hole = false;
  for (let c = first; c < end; c++) {
    if (!isMapped(s, c)) {
      hole = true;
      continue;
    }
    if (isPerf(s, c)) {
      const m = s.cellMap[c];
      const status = advisePerf(s, m, c, end, advice);
      if (status !== OK) return status;
      c = firstCell(s, m) + s.mapPages[m] - 1;
    } else {
      const status = adviseAnonymous(s, c, advice);
      if (status !== OK) return status;
    }
  }
  s.rule = hole ? RULE.madviseHole : RULE.madvise;
  return hole ? ENOMEM : OK;
}

/** Does this kernel know the advice (madvise_behavior_valid)? */
function isKnown(s: State, advice: number): boolean {
  switch (advice) {
    case AT.unknown:
      return false;
    case AT.MERGEABLE:
    case AT.UNMERGEABLE:
      return s.env.ksm;
    case AT.HUGEPAGE:
    case AT.NOHUGEPAGE:
    case AT.COLLAPSE:
      return s.env.thp;
    case AT.HWPOISON:
    case AT.SOFT_OFFLINE:
      return side(s, VP.memoryFailure);
    case AT.GUARD_INSTALL:
    case AT.GUARD_REMOVE:
      return side(s, VP.guardKnown);
    default:
      return true;
  }
}
