import { ARENA_PAGES } from '../alphabet/bounds.js';
import { OK, SKIP } from '../alphabet/observations.js';
import { MREMAP_DONTUNMAP, MREMAP_FIXED, MREMAP_MAYMOVE } from '../alphabet/operands.js';
import { cellOf, cutMapping, isMapped, isPerf, isShared, markEnds, unmapRange } from './cells.js';
import { EAGAIN, EFAULT, EINVAL, ENOMEM } from './errors.js';
import { endOfMapping, isLocked, joins, MAYBE_JOINED, NOT_JOINED } from './joins.js';
import { withinLockLimit } from './limits.js';
import { growAnonymous, moveAnonymous, movePerf } from './move.js';
import { RULE } from './rules.js';
import { mayFail, type State, side } from './state.js';
import { VP } from './variation-points.js';

/** mremap(2). */
export function mremap(s: State, p: number, ops: Int32Array, at: number): number {
  const page = ops[at + 2];
  const npages = ops[at + 3];
  const newPages = ops[at + 4];
  const mode = ops[at + 5];
  const toPage = ops[at + 6];
  const moves = mode === MREMAP_FIXED || mode === MREMAP_DONTUNMAP;
  if (page + npages > ARENA_PAGES || page + newPages > ARENA_PAGES) return SKIP;
  if (moves && toPage + newPages > ARENA_PAGES) return SKIP;
  if (mode === MREMAP_MAYMOVE && newPages > npages) return SKIP;
  s.rule = RULE.mremapLength;
  if (newPages === 0 || (mode === MREMAP_DONTUNMAP && npages !== newPages)) return EINVAL;
  const from = cellOf(p, page);
  markEnds(s, p, from, from + npages);
  if (!moves) return resizeInPlace(s, p, from, npages, newPages);
  const to = cellOf(p, toPage);
  const overlap = from + npages > to && to + newPages > from;
  if (side(s, VP.mremapChecksFirst)) {
    s.rule = RULE.mremapOverlap;
    if (overlap) return EINVAL;
    if (npages === newPages) return moveMany(s, p, from, npages, to, mode);
    return moveCheckedFirst(s, p, from, npages, to, newPages);
  }
  s.rule = RULE.mremapHole;
  if (!isMapped(s, from)) return EFAULT;
  s.rule = RULE.mremapOverlap;
  if (overlap) return EINVAL;
  return moveClearedFirst(s, p, from, npages, to, newPages, mode);
}

/** Modes `none` and `maymove`: the mapping stays where it is. */
function resizeInPlace(s: State, p: number, from: number, npages: number, newPages: number): number {
  s.rule = RULE.mremapHole;
  if (!isMapped(s, from)) return EFAULT;
  s.rule = RULE.mremapSame;
  if (npages === newPages) return OK;
  if (npages > newPages) return unmapTail(s, p, from + newPages, from + npages);
  const status = checkMove(s, p, from, npages, newPages, false);
  if (status !== OK) return status;
  // An old size of zero has no room: its own page is in the way.
  s.rule = RULE.mremapNoRoom;
  for (let c = from + npages; c < from + newPages; c++) if (isMapped(s, c)) return ENOMEM;
  growAnonymous(s, p, from + npages - 1, from + npages, newPages - npages);
  s.rule = RULE.mremapGrow;
  return OK;
}

function unmapTail(s: State, p: number, from: number, end: number): number {
  s.rule = RULE.munmapCuts;
  if (cutMapping(s, from, end) !== -1) return EINVAL;
  unmapRange(s, p, from, end);
  s.rule = RULE.mremapShrink;
  return OK;
}

/** May the mapping at `from` be moved or grow (vma_to_resize; since v6.17 check_prep_vma)? */
function checkMove(
  s: State,
  p: number,
  from: number,
  npages: number,
  newPages: number,
  keep: boolean,
): number {
  s.rule = RULE.mremapHole;
  if (!isMapped(s, from)) return EFAULT;
  s.rule = RULE.mremapDuplicatePrivate;
  if (npages === 0 && !isShared(s, from)) return EINVAL;
  s.rule = RULE.mremapKeepPerf;
  if (keep && isPerf(s, from)) return EINVAL;
  s.rule = RULE.mremapAcross;
  if (reachesBeyond(s, from, npages)) return EFAULT;
  if (npages === newPages) return OK;
  s.rule = RULE.mremapGrowPerf;
  if (isPerf(s, from)) return EFAULT;
  s.rule = RULE.mmapLockedLimit;
  return isLocked(s, from) && !withinLockLimit(s, p, newPages - npages) ? EAGAIN : OK;
}

/** Does the range leave the mapping that it starts in? Where merging decides that, the observation tells. */
function reachesBeyond(s: State, from: number, npages: number): boolean {
  let unsure = false;
  for (let c = from + 1; c < from + npages; c++) {
    const joined = joins(s, c);
    if (joined === NOT_JOINED) return true;
    if (joined === MAYBE_JOINED) unsure = true;
  }
  return unsure && mayFail(s, EFAULT);
}

/** Before v6.17 the target is cleared first, then the tail cut off, then the rest checked (mremap_to). */
function moveClearedFirst(
  s: State,
  p: number,
  from: number,
  npages: number,
  to: number,
  newPages: number,
  mode: number,
): number {
  s.rule = RULE.munmapCuts;
  if (cutMapping(s, to, to + newPages) !== -1) return EINVAL;
  unmapRange(s, p, to, to + newPages);
  if (npages > newPages) {
    const status = unmapTail(s, p, from + newPages, from + npages);
    if (status !== OK) return status;
    npages = newPages;
  }
  const keep = mode === MREMAP_DONTUNMAP;
  const status = checkMove(s, p, from, npages, newPages, keep);
  return status === OK ? move(s, p, from, npages, to, newPages, keep) : status;
}

/** Since v6.17 what can be checked is checked before the target is cleared; the size changes, so nothing is kept. */
function moveCheckedFirst(
  s: State,
  p: number,
  from: number,
  npages: number,
  to: number,
  newPages: number,
): number {
  const rest = npages > newPages ? newPages : npages;
  const checked = checkMove(s, p, from, rest, newPages, false);
  if (checked !== OK) return checked;
  s.rule = RULE.munmapCuts;
  if (cutMapping(s, to, to + newPages) !== -1) return EINVAL;
  unmapRange(s, p, to, to + newPages);
  s.rule = RULE.mremapHole;
  if (!isMapped(s, from)) return EFAULT;
  if (npages > newPages) {
    const status = unmapTail(s, p, from + newPages, from + npages);
    if (status !== OK) return status;
  }
  return move(s, p, from, rest, to, newPages, false);
}

/** Since v6.17 a move without a change of size takes every mapping in the range along, one after the other (remap_move). */
function moveMany(s: State, p: number, from: number, npages: number, to: number, mode: number): number {
  const end = from + npages;
  const keep = mode === MREMAP_DONTUNMAP;
  s.rule = RULE.mremapHole;
  if (!isMapped(s, from)) return EFAULT;
  for (let c = from; c < end; ) {
    if (!isMapped(s, c)) {
      c++;
      continue;
    }
    const stop = endOfMapping(s, c, end);
    s.rule = RULE.mremapKeepPerf;
    if (keep && isPerf(s, c)) return EINVAL;
    const target = to + (c - from);
    if (maybeSeveral(s, c, stop) && holdsPerf(s, target, target + (stop - c))) s.open = true;
    s.rule = RULE.munmapCuts;
    if (cutMapping(s, target, target + (stop - c)) !== -1) return EINVAL;
    unmapRange(s, p, target, target + (stop - c));
    const status = move(s, p, c, stop - c, target, stop - c, keep);
    if (status !== OK) return status;
    c = stop;
  }
  s.rule = RULE.mremapMove;
  return OK;
}

/**
 * Whether merging decides if these pages move together or one part after the other. It matters where the parts'
 * places would cut a perf mapping that the whole covers: each part's place is cleared on its own.
 */
function maybeSeveral(s: State, from: number, end: number): boolean {
  for (let c = from + 1; c < end; c++) if (joins(s, c) === MAYBE_JOINED) return true;
  return false;
}

function holdsPerf(s: State, from: number, end: number): boolean {
  for (let c = from; c < end; c++) if (isPerf(s, c)) return true;
  return false;
}

/** Move what is known to be one mapping, or a part of one, to an empty place (move_vma). */
function move(
  s: State,
  p: number,
  from: number,
  npages: number,
  to: number,
  newPages: number,
  keep: boolean,
): number {
  if (isPerf(s, from)) {
    s.rule = RULE.mremapPart;
    const m = s.cellMap[from];
    if (s.mapPages[m] !== npages) return EINVAL;
    movePerf(s, m, to);
  } else moveAnonymous(s, p, from, npages, to, newPages, keep);
  s.rule = RULE.mremapMove;
  return OK;
}
