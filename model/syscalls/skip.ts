import { ARENA_PAGES, FDS } from '../alphabet/bounds.js';
import { MREMAP_FIXED, MREMAP_MAYMOVE } from '../alphabet/operands.js';
import { OP, OP_NAMES, OPERAND_NAMES } from '../alphabet/operations.js';
import type { World } from '../kernel/world.js';

/** Where the operands of an operation start in its packed form. */
const FIRST = 2;

const column = (operand: string): Int8Array =>
  Int8Array.from(OPERAND_NAMES, (names) => (names.includes(operand) ? FIRST + names.indexOf(operand) : -1));

const TARGET = column('target');
const PAGE = column('page');
const NPAGES = column('npages');
const FD_AT = column('fd');

const remote = (name: string): boolean => /^(vm|ptrace)_/.test(name);
const NOT_ITSELF = Uint8Array.from(OP_NAMES, (name) => (remote(name) ? 1 : 0));

/** Whether the operation names something that is not there, by the rules of docs/ALPHABET.md in their order. */
export function names_nothing(w: World, ops: Int32Array, at: number): boolean {
  const kind = ops[at];
  const proc = ops[at + 1];
  if (w.task.alive[proc] === 0) return true;
  if (kind !== OP.set_output && TARGET[kind] >= 0 && w.task.alive[ops[at + TARGET[kind]]] === 0) return true;
  if (FD_AT[kind] >= 0 && bad_slots(w, ops, at, kind, proc * FDS)) return true;
  if (kind === OP.fork && w.task.alive[ops[at + FIRST]] !== 0) return true;
  if (PAGE[kind] >= 0 && outside(ops, at, kind)) return true;
  return NOT_ITSELF[kind] !== 0 && ops[at + TARGET[kind]] === proc;
}

function bad_slots(w: World, ops: Int32Array, at: number, kind: number, slots: number): boolean {
  const { event } = w.files;
  const fd = ops[at + FD_AT[kind]];
  if (kind === OP.open) return event[slots + fd] !== 0 || missing(event, slots, ops[at + FIRST + 2]);
  if (missing(event, slots, fd)) return true;
  if (kind === OP.dup) return event[slots + ops[at + FIRST + 1]] !== 0;
  return kind === OP.set_output && missing(event, slots, ops[at + FIRST + 1]);
}

function missing(event: Int32Array, slots: number, fd: number): boolean {
  return fd >= 0 && event[slots + fd] === 0;
}

function outside(ops: Int32Array, at: number, kind: number): boolean {
  const page = ops[at + PAGE[kind]];
  const npages = NPAGES[kind] < 0 ? 0 : ops[at + NPAGES[kind]];
  if (page + npages > ARENA_PAGES) return true;
  if (kind !== OP.mremap) return false;
  const len = ops[at + FIRST + 2];
  const mode = ops[at + FIRST + 3];
  if (page + len > ARENA_PAGES) return true;
  if (mode >= MREMAP_FIXED) return ops[at + FIRST + 4] + len > ARENA_PAGES;
  return mode === MREMAP_MAYMOVE && len > npages;
}
