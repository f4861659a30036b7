import { ARENA_PAGES } from '../alphabet/bounds.js';
import {
  VIEW_ANON,
  VIEW_KIND,
  VIEW_LO,
  VIEW_NONE,
  VIEW_PERF,
  VIEW_SHARED,
} from '../alphabet/observations.js';
import { dropMapping } from './mapping.js';
import { MARK_MAYBE_CUT, NONE, OBJECT_PAGES, STORED_WORDS, type State } from './state.js';

/** Number of the first cell of a process. */
export function cellOf(p: number, page: number): number {
  return p * ARENA_PAGES + page;
}

export function isMapped(s: State, cell: number): boolean {
  return (s.cellView[cell] & VIEW_KIND) !== VIEW_NONE;
}

export function isPerf(s: State, cell: number): boolean {
  return (s.cellView[cell] & VIEW_KIND) === VIEW_PERF;
}

/** Nothing is mapped from `first` up to `end`. */
export function isHole(s: State, first: number, end: number): boolean {
  for (let c = first; c < end; c++) if (isMapped(s, c)) return false;
  return true;
}

/** First page of a perf mapping that lies only in part within the range, which is not empty, as its mapping's number; or -1. */
export function cutMapping(s: State, first: number, end: number): number {
  if (isPerf(s, first)) {
    const m = s.cellMap[first];
    if (firstCell(s, m) < first) return m;
  }
  if (isPerf(s, end - 1)) {
    const m = s.cellMap[end - 1];
    if (firstCell(s, m) + s.mapPages[m] > end) {
      // Anonymous memory at the lower end may have been cut before the upper end was refused.
      s.cellMark[first] |= MARK_MAYBE_CUT;
      return m;
    }
  }
  return NONE;
}

export function firstCell(s: State, m: number): number {
  return s.mapProc[m] * ARENA_PAGES + s.mapFirst[m];
}

/** An operation on this range may have left a boundary of anonymous mappings at its ends. */
export function markEnds(s: State, p: number, first: number, end: number): void {
  s.cellMark[first] |= MARK_MAYBE_CUT;
  if (end < (p + 1) * ARENA_PAGES) s.cellMark[end] |= MARK_MAYBE_CUT;
}

/** Remove everything in the range, which is not empty. Perf mappings must lie in it entirely. */
export function unmapRange(s: State, p: number, first: number, end: number): void {
  for (let c = first; c < end; c++) {
    const kind = s.cellView[c] & VIEW_KIND;
    if (kind === VIEW_PERF) dropMapping(s, s.cellMap[c]);
    else if (kind === VIEW_ANON) clearAnon(s, p, c);
  }
  markEnds(s, p, first, end);
}

/** Take an anonymous page away. */
function clearAnon(s: State, p: number, cell: number): void {
  if ((s.cellView[cell] & VIEW_LO) !== 0) s.procLocked[p]--;
  const object = s.cellObject[cell];
  if (object !== NONE) {
    s.objectRefs[object]--;
    s.cellObject[cell] = NONE;
  }
  s.cellView[cell] = VIEW_NONE;
  s.cellMark[cell] = 0;
}

/** A private page is zero again. */
export function zeroPrivate(s: State, cell: number): void {
  const at = cell * STORED_WORDS;
  for (let w = 0; w < STORED_WORDS; w++) s.cellWords[at + w] = 0;
}

/** Index of the page's words in `objectWords`, or -1 beyond the object's end. */
export function objectWordsAt(s: State, cell: number): number {
  const object = s.cellObject[cell];
  const offset = s.cellOffset[cell];
  return offset < s.objectPages[object] ? (object * OBJECT_PAGES + offset) * STORED_WORDS : NONE;
}

export function isShared(s: State, cell: number): boolean {
  return (s.cellView[cell] & VIEW_SHARED) !== 0;
}
