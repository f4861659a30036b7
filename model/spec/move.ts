import { ARENA_PAGES } from '../alphabet/bounds.js';
import {
  VIEW_FIRST,
  VIEW_LO,
  VIEW_NONE,
  VIEW_PGOFF_MASK,
  VIEW_PGOFF_SHIFT,
} from '../alphabet/observations.js';
import { firstCell, markEnds, zeroPrivate } from './cells.js';
import { FINDING } from './findings.js';
import { isLocked } from './joins.js';
import { liftMapping, placeMapping } from './mapping.js';
import { MARK_LOCK_ON_FAULT, NONE, STORED_WORDS, type State, side } from './state.js';

const PLACE = (VIEW_PGOFF_MASK << VIEW_PGOFF_SHIFT) | VIEW_FIRST;

/** A perf mapping moves to an empty place, with all that it is. */
export function movePerf(s: State, m: number, to: number): void {
  const view = s.cellView[firstCell(s, m)] & ~PLACE;
  liftMapping(s, m);
  placeMapping(s, m, to % ARENA_PAGES, view);
}

/**
 * Anonymous pages move to an empty place; `newPages` beyond `npages` are new ones.
 * @param keep the old pages stay mapped, private ones empty and all unlocked (MREMAP_DONTUNMAP)
 */
export function moveAnonymous(
  s: State,
  p: number,
  from: number,
  npages: number,
  to: number,
  newPages: number,
  keep: boolean,
): void {
  if (npages === 0) {
    duplicate(s, p, from, to, newPages);
    return;
  }
  // There the memory counts as locked twice for ever, and all of the old mapping loses its lock: not followed.
  if (keep && isLocked(s, from) && side(s, FINDING.keptMappingStaysLocked)) s.open = true;
  for (let i = 0; i < npages; i++) moveCell(s, from + i, to + i, keep);
  markEnds(s, p, from, from + npages);
  growAnonymous(s, p, to + npages - 1, to + npages, newPages - npages);
  markEnds(s, p, to, to + newPages);
}

function moveCell(s: State, from: number, to: number, keep: boolean): void {
  s.cellView[to] = s.cellView[from];
  s.cellMark[to] = s.cellMark[from];
  const object = s.cellObject[from];
  s.cellObject[to] = object;
  s.cellOffset[to] = s.cellOffset[from];
  if (object === NONE) {
    for (let w = 0; w < STORED_WORDS; w++)
      s.cellWords[to * STORED_WORDS + w] = s.cellWords[from * STORED_WORDS + w];
  }
  if (keep) {
    s.cellView[from] &= ~VIEW_LO;
    s.cellMark[from] &= ~MARK_LOCK_ON_FAULT;
    if (object === NONE) zeroPrivate(s, from);
    else s.objectRefs[object]++;
    return;
  }
  s.cellView[from] = VIEW_NONE;
  s.cellMark[from] = 0;
  s.cellObject[from] = NONE;
}

/** An old size of zero: the same shared memory shows at a second place, too. */
function duplicate(s: State, p: number, from: number, to: number, newPages: number): void {
  const object = s.cellObject[from];
  const offset = s.cellOffset[from];
  const view = s.cellView[from];
  const mark = s.cellMark[from] & MARK_LOCK_ON_FAULT;
  for (let i = 0; i < newPages; i++) {
    s.cellView[to + i] = view;
    s.cellMark[to + i] = mark;
    s.cellObject[to + i] = object;
    s.cellOffset[to + i] = offset + i;
  }
  s.objectRefs[object] += newPages;
  if ((view & VIEW_LO) !== 0) s.procLocked[p] += newPages;
  markEnds(s, p, to, to + newPages);
}

/** A mapping gets more pages after its last one. */
export function growAnonymous(s: State, p: number, last: number, to: number, more: number): void {
  const object = s.cellObject[last];
  for (let i = 0; i < more; i++) {
    s.cellView[to + i] = s.cellView[last];
    s.cellMark[to + i] = s.cellMark[last] & MARK_LOCK_ON_FAULT;
    s.cellObject[to + i] = object;
    s.cellOffset[to + i] = s.cellOffset[last] + 1 + i;
    if (object === NONE) zeroPrivate(s, to + i);
    else s.objectRefs[object]++;
  }
  if ((s.cellView[last] & VIEW_LO) !== 0) s.procLocked[p] += more;
  markEnds(s, p, to, to + more);
}
