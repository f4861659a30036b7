import { ARENA_PAGES } from '../alphabet/bounds.js';
import { OK, SKIP, VIEW_X } from '../alphabet/observations.js';
import { cellOf, firstCell, isMapped, isPerf, markEnds } from './cells.js';
import { EACCES, EINVAL, ENOMEM } from './errors.js';
import { changePerf } from './mapping.js';
import { permissionsOf } from './mmap.js';
import { ACCESSIBLE } from './populate.js';
import { RULE } from './rules.js';
import { type State, side } from './state.js';
import { VP } from './variation-points.js';

/** mprotect(2): from the lowest page up; what was done before an error stays. */
export function mprotect(s: State, p: number, ops: Int32Array, at: number): number {
  const page = ops[at + 2];
  const npages = ops[at + 3];
  if (page + npages > ARENA_PAGES) return SKIP;
  s.rule = RULE.rangeEmpty;
  if (npages === 0) return OK;
  const permissions = permissionsOf(ops[at + 4]);
  const first = cellOf(p, page);
  const end = first + npages;
  markEnds(s, p, first, end);
  for (let c = first; c < end; c++) {
    s.rule = RULE.mprotectHole;
    if (!isMapped(s, c)) return ENOMEM;
    if (!isPerf(s, c)) {
      s.cellView[c] = (s.cellView[c] & ~ACCESSIBLE) | permissions;
      continue;
    }
    s.rule = RULE.mprotectExec;
    if ((permissions & VIEW_X) !== 0 && side(s, VP.execRefused)) return EACCES;
    s.rule = RULE.partialChange;
    const m = s.cellMap[c];
    if (!changePerf(s, m, c, end, ACCESSIBLE, permissions)) return EINVAL;
    c = firstCell(s, m) + s.mapPages[m] - 1;
  }
  s.rule = RULE.mprotect;
  return OK;
}
