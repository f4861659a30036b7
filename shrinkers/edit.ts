import { OP_WIDTH } from '../model/alphabet/bounds.js';
import type { Trace } from '../model/alphabet/trace.js';
import { traceLength } from '../model/alphabet/trace.js';

/** One pass: the traces that it would try in place of this one, in order, the boldest first. Nothing is remembered. */
export type Pass = (trace: Trace) => Iterable<Trace>;

/** Number of the kind of operation `step`. */
export function kindOf(trace: Trace, step: number): number {
  return trace.ops[step * OP_WIDTH];
}

/** The process that does operation `step`. */
export function procOf(trace: Trace, step: number): number {
  return trace.ops[step * OP_WIDTH + 1];
}

/** One int of operation `step`: 0 kind, 1 process, then its operands. */
export function slotOf(trace: Trace, step: number, slot: number): number {
  return trace.ops[step * OP_WIDTH + slot];
}

/** Where the operations of one kind begin, in order: places in `ops`. */
export function placesOf(ops: Int32Array, kind: number): number[] {
  const places = Array.from({ length: traceLength(ops) }, (_, step) => step * OP_WIDTH);
  return places.filter((at) => ops[at] === kind);
}

/** The trace without the operations that `drop` names. */
export function without(trace: Trace, drop: (step: number) => boolean): Trace {
  const length = traceLength(trace.ops);
  const ops = new Int32Array(trace.ops.length);
  let end = 0;
  for (let step = 0; step < length; step++) {
    if (drop(step)) continue;
    ops.set(trace.ops.subarray(step * OP_WIDTH, (step + 1) * OP_WIDTH), end);
    end += OP_WIDTH;
  }
  return { env: trace.env, ops: ops.slice(0, end) };
}

/** The trace with `change` applied to a copy of each operation, at `ops[at]`. */
export function rewritten(trace: Trace, change: (ops: Int32Array, at: number) => void): Trace {
  const ops = trace.ops.slice();
  for (let at = 0; at < ops.length; at += OP_WIDTH) change(ops, at);
  return { env: trace.env, ops };
}

/** The trace with one int of one operation replaced. */
export function withSlot(trace: Trace, step: number, slot: number, value: number): Trace {
  const ops = trace.ops.slice();
  ops[step * OP_WIDTH + slot] = value;
  return { env: trace.env, ops };
}

/** The first `length` operations. */
export function firstSteps(trace: Trace, length: number): Trace {
  if (length >= traceLength(trace.ops)) return trace;
  return { env: trace.env, ops: trace.ops.slice(0, length * OP_WIDTH) };
}
