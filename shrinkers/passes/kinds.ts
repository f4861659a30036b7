import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { Domain } from '../../model/alphabet/operands.js';
import { OP, OP_NAMES, OPERAND_NAMES, OPERATIONS, type OpName } from '../../model/alphabet/operations.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { kindOf, slotOf } from '../edit.js';
import { PROC_SLOTS } from '../fields.js';
import { simplestFirst } from '../order.js';

/** What may do in place of a kind: simpler ones that touch the same thing. */
const INSTEAD: Readonly<Partial<Record<OpName, readonly OpName[]>>> = {
  store: ['load'],
  xchg: ['load', 'store'],
  cas_fail: ['load', 'store'],
  fetch: ['load'],
  read_into: ['load', 'store'],
  write_from: ['load'],
  mem_read: ['load'],
  mem_write: ['load', 'store'],
  vm_readv: ['load', 'mem_read'],
  vm_writev: ['load', 'store', 'mem_write'],
  ptrace_peek: ['load', 'mem_read'],
  ptrace_poke: ['load', 'store', 'mem_write'],
  futex: ['load', 'store'],
  vmsplice: ['load'],
  direct_write: ['load'],
  direct_read: ['load', 'store', 'read_into'],
  mlock: ['load'],
  madvise: ['load', 'munmap', 'mprotect'],
  mincore: ['load'],
  msync: ['load'],
  mremap: ['munmap', 'mprotect'],
  mprotect: ['munmap'],
  mlockall: ['mlock'],
  munlockall: ['munlock'],
  exec: ['exit', 'munmap', 'record'],
  dup: ['open'],
  set_output: ['close'],
  gift: ['rlimit'],
  setuid: ['cap'],
};

const SIMPLEST_OPERANDS = OP_NAMES.map((name) => {
  const domains: Domain[] = Object.values(OPERATIONS[name].operands);
  return domains.map((domain) => simplestFirst(domain)[0]);
});

/** The operation as one of another kind: operands of the same name stay, those that are new get their simplest value. */
function become(trace: Trace, step: number, kind: number): Trace {
  const ops = trace.ops.slice();
  const at = step * OP_WIDTH;
  const before = OPERAND_NAMES[kindOf(trace, step)];
  ops.fill(0, at, at + OP_WIDTH);
  ops[at] = kind;
  // What one process did to another's memory becomes what that one does itself.
  const [does, isDoneTo = does] = PROC_SLOTS[kindOf(trace, step)];
  ops[at + 1] = slotOf(trace, step, PROC_SLOTS[kind].length > 1 ? does : isDoneTo);
  OPERAND_NAMES[kind].forEach((name, i) => {
    const from = before.indexOf(name);
    ops[at + 2 + i] = from < 0 ? SIMPLEST_OPERANDS[kind][i] : slotOf(trace, step, 2 + from);
  });
  return { env: trace.env, ops };
}

/** Each operation as a simpler one. */
export function* simplerKinds(trace: Trace): Iterable<Trace> {
  for (let step = 0; step < traceLength(trace.ops); step++) {
    for (const name of INSTEAD[OP_NAMES[kindOf(trace, step)]] ?? []) yield become(trace, step, OP[name]);
  }
}
