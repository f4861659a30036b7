import { ARENA_PAGES, FDS } from '../alphabet/bounds.js';
import {
  OK,
  SKIP,
  VIEW_ANON,
  VIEW_DC,
  VIEW_FIRST,
  VIEW_KIND,
  VIEW_LO,
  VIEW_PGOFF_MASK,
  VIEW_PGOFF_SHIFT,
  VIEW_WF,
} from '../alphabet/observations.js';
import { bound } from './bound.js';
import { cellOf, unmapRange, zeroPrivate } from './cells.js';
import { dropEvent, writeRecords } from './events.js';
import { addMapping } from './mapping.js';
import { RULE } from './rules.js';
import {
  EVENTS,
  FUTURE_NONE,
  GIFT,
  MARK_LOCK_ON_FAULT,
  NEXT_MEMORY,
  NEXT_TASK,
  NONE,
  SHARED,
  SHARED_LEFT,
  SHARED_NOT,
  STORED_WORDS,
  type State,
} from './state.js';

const CELL_EXTRA = (VIEW_PGOFF_MASK << VIEW_PGOFF_SHIFT) | VIEW_FIRST;

/** fork(2): descriptors are shared, memory is copied, but for what is marked not to be. */
export function fork(s: State, p: number, ops: Int32Array, at: number): number {
  const child = ops[at + 2];
  if (s.procAlive[child] !== 0) return SKIP;
  s.procAlive[child] = 1;
  s.procUser[child] = s.procUser[p];
  s.procCap[child] = s.procCap[p];
  s.procRlimit[child] = s.procRlimit[p];
  s.procTask[child] = s.scalar[NEXT_TASK]++;
  newMemory(s, child);
  for (let fd = 0; fd < FDS; fd++) {
    const e = s.fdEvent[p * FDS + fd];
    s.fdEvent[child * FDS + fd] = e;
    if (e !== NONE) s.eventRefs[e]++;
  }
  // The FORK record goes to who watches the parent; the child's own watchers do not see it.
  writeRecords(s, p, 1);
  const parent = 1 << p;
  for (let e = 0; e < EVENTS; e++) {
    if (s.eventRefs[e] !== 0 && s.eventInherit[e] !== 0 && (s.eventWatches[e] & parent) !== 0) {
      s.eventWatches[e] |= 1 << child;
      if (s.eventShared[e] === SHARED_NOT) s.eventShared[e] = SHARED;
    }
  }
  s.rule = RULE.fork;
  return copyMemory(s, p, child);
}

function newMemory(s: State, p: number): void {
  s.procMemory[p] = s.scalar[NEXT_MEMORY]++;
  s.procPinned[p] = 0;
  s.procLocked[p] = 0;
  s.procLockedAll[p] = 0;
  s.procFuture[p] = FUTURE_NONE;
}

function copyMemory(s: State, p: number, child: number): number {
  const from = cellOf(p, 0);
  const to = cellOf(child, 0);
  for (let i = 0; i < ARENA_PAGES; i++) {
    const view = s.cellView[from + i];
    if ((view & VIEW_DC) !== 0) continue;
    if ((view & VIEW_KIND) === VIEW_ANON) copyAnonymous(s, from + i, to + i);
    else if ((view & VIEW_FIRST) !== 0 && !copyPerf(s, s.cellMap[from + i], child)) return bound(s);
  }
  return OK;
}

function copyAnonymous(s: State, from: number, to: number): void {
  s.cellView[to] = s.cellView[from] & ~VIEW_LO;
  s.cellMark[to] = s.cellMark[from] & ~MARK_LOCK_ON_FAULT;
  const object = s.cellObject[from];
  s.cellObject[to] = object;
  s.cellOffset[to] = s.cellOffset[from];
  if (object !== NONE) {
    s.objectRefs[object]++;
    return;
  }
  if ((s.cellView[from] & VIEW_WF) !== 0) {
    zeroPrivate(s, to);
    return;
  }
  for (let w = 0; w < STORED_WORDS; w++)
    s.cellWords[to * STORED_WORDS + w] = s.cellWords[from * STORED_WORDS + w];
}

/** The child has the mapping, too: only after MADV_DOFORK, where perf mappings take that advice. */
function copyPerf(s: State, m: number, child: number): boolean {
  const e = s.mapEvent[m];
  const b = s.eventBuffer[e];
  const page = s.mapFirst[m];
  const view = s.cellView[s.mapProc[m] * ARENA_PAGES + page] & ~CELL_EXTRA;
  if (addMapping(s, child, page, s.mapPages[m], s.mapPgoff[m], e, view) === NONE) return false;
  if (s.mapPgoff[m] !== 0) s.auxMappings[b]++;
  return true;
}

/** _exit(2): everything that the process has goes. */
export function exit(s: State, p: number): number {
  // The EXIT record comes first: it is written to buffers that the process gives up only then.
  writeRecords(s, p, 1);
  unmapRange(s, p, cellOf(p, 0), cellOf(p, ARENA_PAGES));
  s.procAlive[p] = 0;
  for (let fd = 0; fd < FDS; fd++) {
    const e = s.fdEvent[p * FDS + fd];
    s.fdEvent[p * FDS + fd] = NONE;
    if (e !== NONE) dropEvent(s, e);
  }
  const self = 1 << p;
  for (let e = 0; e < EVENTS; e++) {
    if ((s.eventWatches[e] & self) === 0) continue;
    s.eventWatches[e] &= ~self;
    if (s.eventShared[e] === SHARED) s.eventShared[e] = SHARED_LEFT;
  }
  s.rule = RULE.exit;
  return OK;
}

/** execve(2): new memory, same descriptors; the program's name is recorded once. */
export function exec(s: State, p: number): number {
  unmapRange(s, p, cellOf(p, 0), cellOf(p, ARENA_PAGES));
  newMemory(s, p);
  writeRecords(s, p, 1);
  s.rule = RULE.exec;
  return OK;
}

export function setuid(s: State, p: number, ops: Int32Array, at: number): number {
  s.procUser[p] = ops[at + 2];
  s.rule = RULE.setting;
  return OK;
}

export function cap(s: State, p: number, ops: Int32Array, at: number): number {
  s.procCap[p] = ops[at + 2];
  s.rule = RULE.setting;
  return OK;
}

export function rlimit(s: State, p: number, ops: Int32Array, at: number): number {
  s.procRlimit[p] = ops[at + 2];
  s.rule = RULE.setting;
  return OK;
}

export function gift(s: State, _p: number, ops: Int32Array, at: number): number {
  s.scalar[GIFT] = ops[at + 2];
  s.rule = RULE.setting;
  return OK;
}
