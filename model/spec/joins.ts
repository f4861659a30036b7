import { VIEW_LO } from '../alphabet/observations.js';
import { isPerf } from './cells.js';
import { MARK_LOCK_ON_FAULT, MARK_MAYBE_CUT, NONE, type State } from './state.js';

/** Is a page in the same mapping as the one before it? */
export const NOT_JOINED = 0;
/** Both are anonymous and alike: whether they were merged into one mapping is the kernel's business. */
export const MAYBE_JOINED = 1;
const JOINED = 2;

/** How page `cell`, not the first of its arena, goes together with the one before it; one of them at least is mapped. */
export function joins(s: State, cell: number): number {
  const view = s.cellView[cell];
  if (isPerf(s, cell)) return s.cellMap[cell] === s.cellMap[cell - 1] ? JOINED : NOT_JOINED;
  if (view !== s.cellView[cell - 1]) return NOT_JOINED;
  if (((s.cellMark[cell] ^ s.cellMark[cell - 1]) & MARK_LOCK_ON_FAULT) !== 0) return NOT_JOINED;
  const object = s.cellObject[cell];
  if (object !== s.cellObject[cell - 1]) return NOT_JOINED;
  if (object !== NONE && s.cellOffset[cell] !== s.cellOffset[cell - 1] + 1) return NOT_JOINED;
  return (s.cellMark[cell] & MARK_MAYBE_CUT) === 0 ? JOINED : MAYBE_JOINED;
}

/** End of the mapping that holds `cell`, but not beyond `end`; pages that may be joined count as joined. */
export function endOfMapping(s: State, cell: number, end: number): number {
  let c = cell + 1;
  while (c < end && joins(s, c) !== NOT_JOINED) c++;
  return c;
}

export function isLocked(s: State, cell: number): boolean {
  return (s.cellView[cell] & VIEW_LO) !== 0;
}
