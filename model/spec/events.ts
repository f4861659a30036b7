import { FDS, PROCS } from '../alphabet/bounds.js';
import { OK, SKIP, UNOBSERVED } from '../alphabet/observations.js';
import { OPEN_AUX, OPEN_BACKWARD, OPEN_CPU, OPEN_INHERIT } from '../alphabet/operands.js';
import { bound } from './bound.js';
import { EACCES, EINVAL, ENODEV } from './errors.js';
import { RULE } from './rules.js';
import { EVENTS, freeRow, mayFail, NONE, SHARED_LEFT, SHARED_NOT, type State, side } from './state.js';
import { VP } from './variation-points.js';

/** perf_event_paranoid above which an unprivileged process may open nothing (a patch of Debian's kernels). */
const PARANOID_NO_OPEN = 2;

/** `perf_event_open`: an event on this process, redirected at once if `output` is given. */
export function open(s: State, p: number, ops: Int32Array, at: number): number {
  const slot = p * FDS + ops[at + 2];
  const flags = ops[at + 3];
  const output = ops[at + 4];
  if (s.fdEvent[slot] !== NONE) return SKIP;
  const target = output < 0 ? NONE : s.fdEvent[p * FDS + output];
  if (output >= 0 && target === NONE) return SKIP;
  if ((flags & OPEN_AUX) !== 0 && !s.env.aux) return UNOBSERVED;
  if (s.env.paranoid > PARANOID_NO_OPEN) {
    s.rule = RULE.openParanoid;
    return EACCES;
  }
  const e = freeRow(s.eventRefs);
  if (e === NONE) return bound(s);
  s.eventCpu[e] = flags & OPEN_CPU;
  s.eventInherit[e] = flags & OPEN_INHERIT;
  s.eventBackward[e] = flags & OPEN_BACKWARD;
  s.eventAux[e] = flags & OPEN_AUX;
  s.eventTask[e] = s.procTask[p];
  s.eventMappings[e] = 0;
  s.eventShared[e] = SHARED_NOT;
  s.eventBuffer[e] = NONE;
  if (target !== NONE && isDead(s, target) && side(s, VP.deadTargetNoDevice)) {
    s.rule = RULE.openOutputGone;
    return ENODEV;
  }
  if (target !== NONE && !mayRedirect(s, e, target)) return EINVAL;
  if (target !== NONE) s.eventBuffer[e] = s.eventBuffer[target];
  s.eventRefs[e] = 1;
  s.eventWatches[e] = 1 << p;
  s.fdEvent[slot] = e;
  s.rule = RULE.open;
  return OK;
}

/**
 * The event has stopped with a task. While tasks share an inherited event, the kernel swaps their contexts as
 * it likes (perf_event_context_sched_out), so that any one's exit can be the one: only the observation tells.
 */
function isDead(s: State, e: number): boolean {
  if (s.eventShared[e] !== SHARED_NOT) {
    return s.eventShared[e] === SHARED_LEFT && mayFail(s, ENODEV);
  }
  for (let p = 0; p < PROCS; p++) if (s.procAlive[p] !== 0 && s.procTask[p] === s.eventTask[e]) return false;
  return true;
}

export function close(s: State, p: number, ops: Int32Array, at: number): number {
  const slot = p * FDS + ops[at + 2];
  const e = s.fdEvent[slot];
  if (e === NONE) return SKIP;
  s.fdEvent[slot] = NONE;
  dropEvent(s, e);
  s.rule = RULE.close;
  return OK;
}

export function dup(s: State, p: number, ops: Int32Array, at: number): number {
  const e = s.fdEvent[p * FDS + ops[at + 2]];
  const slot = p * FDS + ops[at + 3];
  if (e === NONE || s.fdEvent[slot] !== NONE) return SKIP;
  s.fdEvent[slot] = e;
  s.eventRefs[e]++;
  s.rule = RULE.dup;
  return OK;
}

/** A descriptor or a mapping lets go of an event. An event that nobody holds is gone, and its buffer forgets it. */
export function dropEvent(s: State, e: number): void {
  if (--s.eventRefs[e] === 0) s.eventBuffer[e] = NONE;
}

/** PERF_EVENT_IOC_SET_OUTPUT. */
export function setOutput(s: State, p: number, ops: Int32Array, at: number): number {
  const e = s.fdEvent[p * FDS + ops[at + 2]];
  const to = ops[at + 3];
  const target = to < 0 ? NONE : s.fdEvent[p * FDS + to];
  if (e === NONE || (to >= 0 && target === NONE)) return SKIP;
  if (target === NONE) {
    s.rule = RULE.outputMapped;
    if (s.eventMappings[e] !== 0) return EINVAL;
    s.eventBuffer[e] = NONE;
    s.rule = RULE.outputDetach;
    return OK;
  }
  if (!mayRedirect(s, e, target)) return EINVAL;
  s.eventBuffer[e] = s.eventBuffer[target];
  s.rule = RULE.outputRedirect;
  return OK;
}

/** May the records of event `e` go to the buffer of event `target` (perf_event_set_output)? */
function mayRedirect(s: State, e: number, target: number): boolean {
  s.rule = RULE.outputSelf;
  if (e === target) return false;
  s.rule = RULE.outputCpu;
  if (s.eventCpu[e] !== s.eventCpu[target]) return false;
  s.rule = RULE.outputTask;
  if (s.eventCpu[e] === 0 && s.eventTask[e] !== s.eventTask[target]) return false;
  s.rule = RULE.outputDirection;
  if (s.eventBackward[e] !== s.eventBackward[target]) return false;
  s.rule = RULE.outputMapped;
  if (s.eventMappings[e] !== 0) return false;
  s.rule = RULE.outputNoBuffer;
  return s.eventBuffer[target] !== NONE;
}

export function record(s: State, p: number, ops: Int32Array, at: number): number {
  s.rule = RULE.record;
  writeRecords(s, p, ops[at + 2]);
  return OK;
}

/** Records of 32 bytes that a page holds. */
export const RECORDS_PER_PAGE = 128;

/** Each event that watches process `p` writes `count` records to its buffer, if it has one with data pages. */
export function writeRecords(s: State, p: number, count: number): void {
  const watcher = 1 << p;
  for (let e = 0; e < EVENTS; e++) {
    if ((s.eventWatches[e] & watcher) === 0) continue;
    const b = s.eventBuffer[e];
    if (b === NONE || s.bufferData[b] === 0) continue;
    const written = s.bufferRecords[b] + count;
    // The last record's place stays empty: head must not meet the tail.
    const room = s.bufferData[b] * RECORDS_PER_PAGE - 1;
    s.bufferRecords[b] = s.bufferOverwrite[b] === 0 && written > room ? room : written;
  }
}
