import { ARENA_PAGES } from '../model/alphabet/bounds.js';
import { VIEW_NONE } from '../model/alphabet/observations.js';
import { OP, OP_NAMES, OPERAND_NAMES, type OpName } from '../model/alphabet/operations.js';
import type { SequenceView } from '../model/alphabet/specification.js';

/** The operand of this name of a packed operation, or undefined. */
function operand(ops: Int32Array, name: string): number | undefined {
  const i = OPERAND_NAMES[ops[0]].indexOf(name);
  return i < 0 ? undefined : ops[2 + i];
}

/** Kinds whose process may not be its own target. */
const OTHERS_ONLY: readonly OpName[] = ['vm_readv', 'vm_writev', 'ptrace_peek', 'ptrace_poke'];

/** Does what the operation names exist: processes, descriptors, pages? As a user's `check` would ask. */
export function canRun(view: SequenceView, ops: Int32Array): boolean {
  return view.alive(ops[1]) && hasProcesses(view, ops) && hasDescriptors(view, ops) && hasPages(view, ops);
}

function hasProcesses(view: SequenceView, ops: Int32Array): boolean {
  const child = operand(ops, 'child');
  if (child !== undefined && view.alive(child)) return false;
  if (ops[0] === OP.set_output) return true;
  const target = operand(ops, 'target');
  if (target === undefined) return true;
  return view.alive(target) && !(target === ops[1] && OTHERS_ONLY.includes(OP_NAMES[ops[0]]));
}

function hasDescriptors(view: SequenceView, ops: Int32Array): boolean {
  const isOpen = (fd: number | undefined): boolean => fd === undefined || fd < 0 || view.fdOpen(ops[1], fd);
  const fd = operand(ops, 'fd');
  const newfd = operand(ops, 'newfd');
  if (newfd !== undefined && isOpen(newfd)) return false;
  if (ops[0] === OP.open) return !isOpen(fd) && isOpen(operand(ops, 'output'));
  return isOpen(fd) && (ops[0] !== OP.set_output || isOpen(operand(ops, 'target')));
}

function hasPages(view: SequenceView, ops: Int32Array): boolean {
  const page = operand(ops, 'page');
  if (page === undefined) return true;
  const npages = operand(ops, 'npages') ?? 1;
  const wanted = operand(ops, 'new_npages') ?? 0;
  if (page + Math.max(npages, wanted) > ARENA_PAGES) return false;
  const newPage = operand(ops, 'new_page');
  if (newPage !== undefined && newPage + wanted > ARENA_PAGES) return false;
  if (ops[0] === OP.mmap) return true;
  const proc = operand(ops, 'target') ?? ops[1];
  for (let i = page; i < page + Math.max(npages, 1) && i < ARENA_PAGES; i++) {
    if (view.pageKind(proc, i) !== VIEW_NONE) return true;
  }
  return false;
}
