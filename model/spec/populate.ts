import { VIEW_KIND, VIEW_PERF, VIEW_R, VIEW_W, VIEW_X } from '../alphabet/observations.js';
import { firstCell } from './cells.js';
import { type State, side } from './state.js';
import { VP } from './variation-points.js';

/** x86: a page with any permission can be loaded from, but for an execute-only one where there are protection keys. */
export const ACCESSIBLE = VIEW_R | VIEW_W | VIEW_X;

/** Can the process itself read the page? An execute-only page it cannot, where there are protection keys. */
export function isReadable(s: State, view: number): boolean {
  const permissions = view & ACCESSIBLE;
  return permissions !== 0 && !(permissions === VIEW_X && s.env.pku);
}

/** Touch what can be touched in the range, as MAP_POPULATE and the rest of mm_populate do when errors do not count. */
export function populate(s: State, first: number, end: number): void {
  for (let c = first; c < end; c++) {
    const view = s.cellView[c];
    if ((view & VIEW_KIND) === VIEW_PERF && isReadable(s, view)) touch(s, c);
  }
}

/** The page of a perf mapping becomes resident, where pages are mapped on access. */
export function touch(s: State, cell: number): void {
  if (side(s, VP.notResident)) return;
  const m = s.cellMap[cell];
  s.mapTouched[m] |= 1 << (cell - firstCell(s, m));
}

export function isTouched(s: State, cell: number): boolean {
  const m = s.cellMap[cell];
  return (s.mapTouched[m] & (1 << (cell - firstCell(s, m)))) !== 0;
}
