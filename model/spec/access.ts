import {
  OK,
  SEGV_ACCERR,
  SEGV_MAPERR,
  SEGV_PKUERR,
  SIGBUS_ADRERR,
  VIEW_KIND,
  VIEW_NONE,
  VIEW_PERF,
  VIEW_W,
  VIEW_X,
} from '../alphabet/observations.js';
import { WORD_SCRATCH } from '../alphabet/operands.js';
import { cellOf, isShared, objectWordsAt } from './cells.js';
import { EAGAIN, EFAULT } from './errors.js';
import { ACCESSIBLE, touch } from './populate.js';
import { RULE } from './rules.js';
import { NONE, type State } from './state.js';
import { pgoffOf, readWord, writeWord } from './words.js';

/**
 * What the processor's load from a page does: 0 or the fault. On x86 every page that has any permission
 * can be loaded from, unless it is execute-only and the CPU has protection keys.
 */
function loadFault(s: State, cell: number): number {
  const view = s.cellView[cell];
  s.rule = RULE.accessHole;
  if ((view & VIEW_KIND) === VIEW_NONE) return SEGV_MAPERR;
  s.rule = RULE.accessRight;
  if ((view & ACCESSIBLE) === 0) return SEGV_ACCERR;
  if ((view & ACCESSIBLE) === VIEW_X && s.env.pku) return SEGV_PKUERR;
  return readFault(s, cell);
}

/** What a store, or anything else that writes, does. */
function storeFault(s: State, cell: number): number {
  const view = s.cellView[cell];
  s.rule = RULE.accessHole;
  if ((view & VIEW_KIND) === VIEW_NONE) return SEGV_MAPERR;
  s.rule = RULE.accessRight;
  if ((view & ACCESSIBLE) === VIEW_X && s.env.pku) return SEGV_PKUERR;
  if ((view & VIEW_W) === 0) return SEGV_ACCERR;
  return writeFault(s, cell);
}

/** A read of a page whose permissions allow it: every page of a perf mapping can be read. */
export function readFault(s: State, cell: number): number {
  if ((s.cellView[cell] & VIEW_KIND) === VIEW_PERF) {
    touch(s, cell);
    s.rule = RULE.accessLoad;
    return OK;
  }
  return anonymousFault(s, cell);
}

/** A write to a page whose permissions allow it: of a perf mapping, only the control page can be written. */
export function writeFault(s: State, cell: number): number {
  const view = s.cellView[cell];
  if ((view & VIEW_KIND) === VIEW_PERF) {
    s.rule = RULE.accessReadOnlyData;
    if (pgoffOf(view) !== 0) return SIGBUS_ADRERR;
    touch(s, cell);
    s.rule = RULE.accessControl;
    return OK;
  }
  return anonymousFault(s, cell);
}

function anonymousFault(s: State, cell: number): number {
  s.rule = RULE.accessBeyond;
  if (isShared(s, cell) && objectWordsAt(s, cell) === NONE) return SIGBUS_ADRERR;
  s.rule = RULE.accessAnonymous;
  return OK;
}

export function load(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  const fault = loadFault(s, cell);
  if (fault === OK) s.value = readWord(s, cell, ops[at + 3]);
  return fault;
}

export function store(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  const fault = storeFault(s, cell);
  if (fault === OK) writeWord(s, cell, ops[at + 3], ops[at + 4]);
  return fault;
}

export function xchg(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  const fault = storeFault(s, cell);
  if (fault === OK) {
    s.value = readWord(s, cell, WORD_SCRATCH);
    writeWord(s, cell, WORD_SCRATCH, ops[at + 3]);
  }
  return fault;
}

export function casFail(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  const fault = storeFault(s, cell);
  if (fault === OK) s.value = readWord(s, cell, WORD_SCRATCH);
  return fault;
}

/** A fetch from a page that may not be executed first brings the page in, as a load would, and faults then. */
export function fetch(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  const view = s.cellView[cell];
  s.rule = RULE.accessHole;
  if ((view & VIEW_KIND) === VIEW_NONE) return SEGV_MAPERR;
  s.rule = RULE.accessRight;
  if ((view & ACCESSIBLE) === 0) return SEGV_ACCERR;
  const fault = readFault(s, cell);
  if (fault !== OK) return fault;
  s.rule = RULE.accessFetch;
  return (view & VIEW_X) === 0 ? SEGV_ACCERR : OK;
}

/** read(2) into the page: the kernel stores as the program would. */
export function readInto(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  if (storeFault(s, cell) !== OK) return EFAULT;
  writeWord(s, cell, WORD_SCRATCH, ops[at + 3]);
  return OK;
}

/** write(2) from the page: the kernel loads as the program would. */
export function writeFrom(s: State, p: number, ops: Int32Array, at: number): number {
  const cell = cellOf(p, ops[at + 2]);
  if (loadFault(s, cell) !== OK) return EFAULT;
  s.value = readWord(s, cell, ops[at + 3]);
  return OK;
}

/** FUTEX_WAIT on a private futex: the kernel loads the word, and it is not what was expected. */
export function futexPrivate(s: State, cell: number): number {
  if (loadFault(s, cell) !== OK) return EFAULT;
  s.rule = RULE.futexDiffers;
  return EAGAIN;
}
