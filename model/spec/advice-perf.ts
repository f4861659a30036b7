import { OK } from '../alphabet/observations.js';
import { ADVICE, AT } from './advice.js';
import { firstCell } from './cells.js';
import { EINVAL, ENODEV } from './errors.js';
import { changePerf } from './mapping.js';
import { RULE } from './rules.js';
import { type State, side } from './state.js';
import { VP } from './variation-points.js';

/** An advice for the pages of a perf mapping from `from` up to `end` (madvise_vma_behavior). */
export function advisePerf(s: State, m: number, from: number, end: number, advice: number): number {
  s.rule = RULE.madvisePerfRefused;
  switch (advice) {
    case AT.WILLNEED:
    case AT.MERGEABLE:
      return OK;
    case AT.COLD:
    case AT.PAGEOUT:
      return side(s, VP.lruAdviceRefused) ? EINVAL : OK;
    case AT.DONTNEED:
    case AT.DONTNEED_LOCKED:
      if (side(s, VP.dontneedRefused)) return EINVAL;
      dropPages(s, m, from, end);
      return OK;
    case AT.REMOVE:
      return ENODEV;
    case AT.DOFORK:
      if (side(s, VP.doforkRefused)) return EINVAL;
      break;
    case AT.FREE:
    case AT.DODUMP:
    case AT.WIPEONFORK:
    case AT.COLLAPSE:
    case AT.GUARD_INSTALL:
    case AT.GUARD_REMOVE:
      return EINVAL;
    default:
      break;
  }
  s.rule = RULE.partialChange;
  const { clear, set } = ADVICE[advice];
  return changePerf(s, m, from, end, clear, set) ? OK : EINVAL;
}

/** The pages are no longer resident; the next access brings them back as they were. */
function dropPages(s: State, m: number, from: number, end: number): void {
  const first = firstCell(s, m);
  for (let i = 0; i < s.mapPages[m]; i++) {
    if (first + i >= from && first + i < end) s.mapTouched[m] &= ~(1 << i);
  }
}
