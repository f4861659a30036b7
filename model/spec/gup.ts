import {
  OK,
  SKIP,
  VIEW_KIND,
  VIEW_NONE,
  VIEW_PERF,
  VIEW_R,
  VIEW_SHARED,
  VIEW_W,
  VIEW_X,
} from '../alphabet/observations.js';
import { WORD_SCRATCH } from '../alphabet/operands.js';
import { futexPrivate, readFault, writeFault } from './access.js';
import { cellOf, isPerf, isShared, objectWordsAt } from './cells.js';
import { EACCES, EAGAIN, EFAULT, EIO, EPERM } from './errors.js';
import { ACCESSIBLE, isTouched } from './populate.js';
import { RULE } from './rules.js';
import { mayFail, NONE, type State, side } from './state.js';
import { VP } from './variation-points.js';
import { readWord, writeWord } from './words.js';

/** How a page is taken: by the process itself, by another one, or as a debugger does, who may override permissions. */
const OWN = 0;
const FOREIGN = 1;
const FORCE = 2;

/** May the kernel take this page to read it (check_vma_flags and the fault behind it, mm/gup.c)? */
function canTakeToRead(s: State, cell: number, how: number): boolean {
  const view = s.cellView[cell];
  if (!canTake(s, view)) return false;
  s.rule = RULE.gupRight;
  if (how === OWN && (view & ACCESSIBLE) === VIEW_X && s.env.pku) return false;
  if (how !== FORCE && (view & VIEW_R) === 0) return how === OWN && isPresent(s, cell);
  return readFault(s, cell) === OK;
}

/**
 * The kernel takes a page of its own process from the page tables if it is there, and then asks for no more
 * than that the processor could read it (gup_fast). Of anonymous memory only the observation tells.
 */
function isPresent(s: State, cell: number): boolean {
  s.rule = RULE.notReadable;
  if ((s.cellView[cell] & ACCESSIBLE) === 0) return false;
  if (isPerf(s, cell)) return isTouched(s, cell);
  if (isShared(s, cell) && objectWordsAt(s, cell) === NONE) return false;
  return !mayFail(s, EFAULT);
}

/** May the kernel take this page to write to it? A debugger may write to a private page without permission. */
function canTakeToWrite(s: State, cell: number, how: number): boolean {
  const view = s.cellView[cell];
  if (!canTake(s, view)) return false;
  s.rule = RULE.gupRight;
  if ((view & VIEW_W) === 0 && (how !== FORCE || (view & VIEW_SHARED) !== 0)) return false;
  return writeFault(s, cell) === OK;
}

function canTake(s: State, view: number): boolean {
  s.rule = RULE.accessHole;
  if ((view & VIEW_KIND) === VIEW_NONE) return false;
  s.rule = RULE.gupPerf;
  return (view & VIEW_KIND) !== VIEW_PERF || !side(s, VP.gupRefused);
}

function give(s: State, cell: number, word: number): number {
  s.value = readWord(s, cell, word);
  return OK;
}

function take(s: State, cell: number, value: number): number {
  writeWord(s, cell, WORD_SCRATCH, value);
  return OK;
}

/** May `p` look into the memory of `target`: they run as the same user (ptrace_may_access). */
function mayTrace(s: State, p: number, target: number): boolean {
  s.rule = RULE.otherUser;
  return s.procUser[p] === s.procUser[target];
}

export function vmReadv(s: State, p: number, ops: Int32Array, at: number): number {
  const target = ops[at + 2];
  if (target === p || s.procAlive[target] === 0) return SKIP;
  if (!mayTrace(s, p, target)) return EPERM;
  const cell = cellOf(target, ops[at + 3]);
  return canTakeToRead(s, cell, FOREIGN) ? give(s, cell, ops[at + 4]) : EFAULT;
}

export function vmWritev(s: State, p: number, ops: Int32Array, at: number): number {
  const target = ops[at + 2];
  if (target === p || s.procAlive[target] === 0) return SKIP;
  if (!mayTrace(s, p, target)) return EPERM;
  const cell = cellOf(target, ops[at + 3]);
  return canTakeToWrite(s, cell, FOREIGN) ? take(s, cell, ops[at + 4]) : EFAULT;
}

export function ptracePeek(s: State, p: number, ops: Int32Array, at: number): number {
  const target = ops[at + 2];
  if (target === p || s.procAlive[target] === 0) return SKIP;
  if (!mayTrace(s, p, target)) return EPERM;
  const cell = cellOf(target, ops[at + 3]);
  return canTakeToRead(s, cell, FORCE) ? give(s, cell, ops[at + 4]) : EIO;
}

export function ptracePoke(s: State, p: number, ops: Int32Array, at: number): number {
  const target = ops[at + 2];
  if (target === p || s.procAlive[target] === 0) return SKIP;
  if (!mayTrace(s, p, target)) return EPERM;
  const cell = cellOf(target, ops[at + 3]);
  return canTakeToWrite(s, cell, FORCE) ? take(s, cell, ops[at + 4]) : EIO;
}

export function memRead(s: State, p: number, ops: Int32Array, at: number): number {
  const target = ops[at + 2];
  if (s.procAlive[target] === 0) return SKIP;
  if (!mayTrace(s, p, target)) return EACCES;
  const cell = cellOf(target, ops[at + 3]);
  return canTakeToRead(s, cell, FORCE) ? give(s, cell, ops[at + 4]) : EIO;
}

export function memWrite(s: State, p: number, ops: Int32Array, at: number): number {
  const target = ops[at + 2];
  if (s.procAlive[target] === 0) return SKIP;
  if (!mayTrace(s, p, target)) return EACCES;
  const cell = cellOf(target, ops[at + 3]);
  return canTakeToWrite(s, cell, FORCE) ? take(s, cell, ops[at + 4]) : EIO;
}

export function vmsplice(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  return canTakeToRead(s, cell, OWN) ? give(s, cell, WORD_SCRATCH) : EFAULT;
}

export function directWrite(s: State, p: number, ops: Int32Array, at: number): number {
  return vmsplice(s, p, ops, at);
}

export function directRead(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  return canTakeToWrite(s, cell, OWN) ? take(s, cell, ops[at + 3]) : EFAULT;
}

/** FUTEX_WAIT. A shared futex is known by its page, so the kernel takes the page: to write if it can, else to read. */
export function futex(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  if (ops[at + 3] === 0) return futexPrivate(s, cell);
  if (!canTakeToWrite(s, cell, OWN)) {
    if (!canTakeToRead(s, cell, OWN)) return EFAULT;
    s.rule = RULE.futexReadOnly;
    if ((s.cellView[cell] & VIEW_SHARED) === 0) return EFAULT;
  }
  s.rule = RULE.futexDiffers;
  return EAGAIN;
}
