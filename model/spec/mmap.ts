import { ARENA_PAGES, FDS } from '../alphabet/bounds.js';
import { OK, SKIP, VIEW_ANON, VIEW_LO, VIEW_R, VIEW_SHARED } from '../alphabet/observations.js';
import {
  MMAP_LOCKED,
  MMAP_NOREPLACE,
  MMAP_POPULATE,
  MMAP_PRIVATE,
  PROT_EXEC,
  PROT_WRITE,
} from '../alphabet/operands.js';
import { mapAux } from './aux.js';
import { bound } from './bound.js';
import { cellOf, cutMapping, isHole, markEnds, unmapRange, zeroPrivate } from './cells.js';
import { charge, mayPin, overGift } from './charge.js';
import { EAGAIN, EBUSY, EEXIST, EINVAL, ENOMEM, EPERM } from './errors.js';
import { FINDING } from './findings.js';
import { mayLock, withinLockLimit } from './limits.js';
import { addMapping, perfView } from './mapping.js';
import { populate } from './populate.js';
import { RULE } from './rules.js';
import {
  FUTURE_NONE,
  FUTURE_ON_FAULT,
  freeRow,
  MARK_LOCK_ON_FAULT,
  NONE,
  OBJECT_PAGES,
  STORED_WORDS,
  type State,
  side,
} from './state.js';
import { VP } from './variation-points.js';

/** VIEW_R, VIEW_W, VIEW_X from PROT_READ, PROT_WRITE, PROT_EXEC. */
export function permissionsOf(prot: number): number {
  return prot * VIEW_R;
}

/** mmap(2): the checks that core mm makes first, then the range is cleared, then the mapping itself. */
export function mmap(s: State, p: number, ops: Int32Array, at: number): number {
  const fd = ops[at + 2];
  const page = ops[at + 3];
  const npages = ops[at + 4];
  const prot = ops[at + 5];
  const flags = ops[at + 6];
  const e = fd < 0 ? NONE : s.fdEvent[p * FDS + fd];
  if (fd >= 0 && e === NONE) return SKIP;
  if (page + npages > ARENA_PAGES) return SKIP;
  if (npages === 0) {
    s.rule = RULE.mmapLength;
    return EINVAL;
  }
  const first = cellOf(p, page);
  const end = first + npages;
  if ((flags & MMAP_NOREPLACE) !== 0 && !isHole(s, first, end)) {
    s.rule = RULE.mmapNoreplace;
    return EEXIST;
  }
  if ((flags & MMAP_LOCKED) !== 0 && !mayLock(s, p)) {
    s.rule = RULE.mmapLockedPermission;
    return EPERM;
  }
  const lock = (flags & MMAP_LOCKED) !== 0 || s.procFuture[p] !== FUTURE_NONE;
  if (lock && !withinLockLimit(s, p, npages)) {
    s.rule = RULE.mmapLockedLimit;
    return EAGAIN;
  }
  if (e !== NONE && (prot & PROT_EXEC) !== 0 && side(s, VP.execRefused)) {
    s.rule = RULE.mmapExec;
    return EPERM;
  }
  if (cutMapping(s, first, end) !== NONE) {
    s.rule = RULE.mmapCuts;
    return side(s, VP.cutInvalid) ? EINVAL : ENOMEM;
  }
  unmapRange(s, p, first, end);
  const touch = lock || (flags & MMAP_POPULATE) !== 0;
  if (e === NONE) return mapAnonymous(s, p, first, npages, prot, flags, lock);
  const status = mapPerf(s, p, page, npages, prot, flags, ops[at + 7], e);
  if (touch) populate(s, first, end);
  return status;
}

function mapAnonymous(
  s: State,
  p: number,
  first: number,
  npages: number,
  prot: number,
  flags: number,
  lock: boolean,
): number {
  let view = VIEW_ANON | permissionsOf(prot);
  let mark = 0;
  let object = NONE;
  if ((flags & MMAP_PRIVATE) === 0) {
    object = freeRow(s.objectRefs);
    if (object === NONE) return bound(s);
    view |= VIEW_SHARED;
    s.objectRefs[object] = npages;
    s.objectPages[object] = npages;
    const from = object * OBJECT_PAGES * STORED_WORDS;
    for (let i = 0; i < npages * STORED_WORDS; i++) s.objectWords[from + i] = 0;
  }
  if (lock) {
    view |= VIEW_LO;
    s.procLocked[p] += npages;
    if (s.procFuture[p] === FUTURE_ON_FAULT) mark = MARK_LOCK_ON_FAULT;
  }
  for (let i = 0; i < npages; i++) {
    const c = first + i;
    s.cellView[c] = view;
    s.cellMark[c] = mark;
    s.cellObject[c] = object;
    s.cellOffset[c] = i;
    if (object === NONE) zeroPrivate(s, c);
  }
  markEnds(s, p, first, first + npages);
  s.rule = RULE.mmapAnonymous;
  return OK;
}

/** The part of mmap(2) that is perf's own (perf_mmap). */
function mapPerf(
  s: State,
  p: number,
  page: number,
  npages: number,
  prot: number,
  flags: number,
  pgoff: number,
  e: number,
): number {
  s.rule = RULE.mmapPrivate;
  if ((flags & MMAP_PRIVATE) !== 0) return EINVAL;
  s.rule = RULE.mmapInherited;
  if (s.eventInherit[e] !== 0 && s.eventCpu[e] === 0) return EINVAL;
  const view = perfView(permissionsOf(prot));
  if (pgoff !== 0) return mapAux(s, p, page, npages, pgoff, e, view);
  const data = npages - 1;
  s.rule = RULE.mmapPowerOfTwo;
  if ((data & (data - 1)) !== 0) return EINVAL;
  const b = s.eventBuffer[e];
  if (b === NONE) return mapNewBuffer(s, p, page, npages, prot, e, view);
  s.rule = RULE.mmapOtherSize;
  if (s.bufferData[b] !== data) return EINVAL;
  if (s.eventMappings[e] === 0 && side(s, VP.redirectedBusy)) {
    s.rule = RULE.mmapRedirected;
    return EBUSY;
  }
  s.rule = RULE.mmapShares;
  if (side(s, FINDING.secondMappingCharged)) charge(s, p, npages, 0);
  return addMapping(s, p, page, npages, 0, e, view) === NONE ? bound(s) : OK;
}

function mapNewBuffer(
  s: State,
  p: number,
  page: number,
  npages: number,
  prot: number,
  e: number,
  view: number,
): number {
  const over = overGift(s, s.procUser[p], npages);
  if (!mayPin(s, p, over)) {
    s.rule = RULE.mmapLimit;
    return EPERM;
  }
  const b = freeRow(s.bufferMappings);
  if (b === NONE) return bound(s);
  s.bufferData[b] = npages - 1;
  s.bufferOverwrite[b] = (prot & PROT_WRITE) === 0 ? 1 : 0;
  s.bufferBackward[b] = s.eventBackward[e];
  s.bufferRecords[b] = 0;
  s.bufferUser[b] = s.procUser[p];
  s.bufferMemory[b] = s.procMemory[p];
  s.bufferFromGift[b] = npages - over;
  s.bufferPinned[b] = over;
  s.auxPages[b] = 0;
  const words = b * STORED_WORDS;
  s.bufferWords[words] = 0;
  s.bufferWords[words + 1] = 0;
  s.bufferWords[words + 2] = 0;
  s.bufferWords[words + 3] = 1;
  s.eventBuffer[e] = b;
  if (addMapping(s, p, page, npages, 0, e, view) === NONE) return bound(s);
  charge(s, p, npages - over, over);
  s.rule = RULE.mmapNewBuffer;
  return OK;
}

export function munmap(s: State, p: number, ops: Int32Array, at: number): number {
  const page = ops[at + 2];
  const npages = ops[at + 3];
  if (page + npages > ARENA_PAGES) return SKIP;
  s.rule = RULE.munmapLength;
  if (npages === 0) return EINVAL;
  const first = cellOf(p, page);
  const end = first + npages;
  markEnds(s, p, first, end);
  s.rule = RULE.munmapCuts;
  if (cutMapping(s, first, end) !== NONE) return EINVAL;
  unmapRange(s, p, first, end);
  s.rule = RULE.munmap;
  return OK;
}
