import { OK, VIEW_R, VIEW_W } from '../alphabet/observations.js';
import { readFault, writeFault } from './access.js';
import { AT } from './advice.js';
import { isMapped, isPerf } from './cells.js';
import { EFAULT, EINVAL, ENOMEM } from './errors.js';
import { RULE } from './rules.js';
import { type State, side } from './state.js';
import { VP } from './variation-points.js';

/** MADV_POPULATE_READ and MADV_POPULATE_WRITE: take each page from the lowest up (faultin_page_range). */
export function populateAdvice(s: State, first: number, end: number, advice: number): number {
  const write = advice === AT.POPULATE_WRITE;
  let hole = false;
  for (let c = first; c < end; c++) {
    if (!isMapped(s, c)) {
      s.rule = RULE.madviseHole;
      if (side(s, VP.populateStopsAtHole)) return ENOMEM;
      hole = true;
      continue;
    }
    s.rule = RULE.populateRefused;
    if (isPerf(s, c) && side(s, VP.populateRefused)) return EINVAL;
    const view = s.cellView[c];
    s.rule = RULE.populateRight;
    if ((view & (write ? VIEW_W : VIEW_R)) === 0) return EINVAL;
    if ((write ? writeFault(s, c) : readFault(s, c)) !== OK) return EFAULT;
  }
  s.rule = hole ? RULE.madviseHole : RULE.madvise;
  return hole ? ENOMEM : OK;
}
