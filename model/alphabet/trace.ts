import { OP_WIDTH } from './bounds.js';
import type { Env } from './system.js';

/** A sequence of operations and what it starts from: all that is needed to run it again anywhere. */
export interface Trace {
  readonly env: Env;
  /** Packed operations, `OP_WIDTH` ints each. */
  readonly ops: Int32Array;
}

/** Operations in packed form. */
export function traceLength(ops: Int32Array): number {
  return ops.length / OP_WIDTH;
}
