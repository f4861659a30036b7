import { FDS, OP_WIDTH, PROCS, USERS } from '../../model/alphabet/bounds.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { rewritten } from '../edit.js';
import { FD_SLOTS, PROC_SLOTS, USER_SLOTS } from '../fields.js';

type Slots = readonly (readonly number[])[];

/** Names in the order of their first use: the trace reads 0, 1, 2 from the top. */
function inOrder(trace: Trace, slots: Slots): Trace {
  const { ops } = trace;
  const order: number[] = [];
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    for (const slot of slots[ops[at]]) {
      const name = ops[at + slot];
      if (name >= 0 && !order.includes(name)) order.push(name);
    }
  }
  return swapped(trace, slots, (name) => order.indexOf(name));
}

/** Every name becomes another one; no descriptor, -1, stays what it is with either way to rename. */
function swapped(trace: Trace, slots: Slots, to: (name: number) => number): Trace {
  return rewritten(trace, (ops, at) => {
    for (const slot of slots[ops[at]]) ops[at + slot] = to(ops[at + slot]);
  });
}

/** Two names change places everywhere. */
function* swaps(trace: Trace, slots: Slots, names: number): Iterable<Trace> {
  for (let high = names - 1; high > 0; high--) {
    for (let low = 0; low < high; low++) {
      yield swapped(trace, slots, (name) => (name === high ? low : name === low ? high : name));
    }
  }
}

/** Processes, descriptors and users get the lowest names that they can have. */
export function* normaliseNames(trace: Trace): Iterable<Trace> {
  for (const [slots, names] of [
    [FD_SLOTS, FDS],
    [PROC_SLOTS, PROCS],
    [USER_SLOTS, USERS],
  ] as const) {
    yield inOrder(trace, slots);
    yield* swaps(trace, slots, names);
  }
}
