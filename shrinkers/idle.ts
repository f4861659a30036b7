import { ARENA_PAGES, FDS, OP_WIDTH, PROCS } from '../model/alphabet/bounds.js';
import { OP } from '../model/alphabet/operations.js';
import type { Trace } from '../model/alphabet/trace.js';
import { FD_SLOTS, NPAGES_SLOTS, PAGE_SLOTS, PROC_SLOTS } from './fields.js';

/**
 * Follows which processes can live and which descriptors can be open, if everything succeeds that can. An operation that names others does
 * nothing on any System (docs/ALPHABET.md, SKIP).
 */
class Names {
  readonly #alive = Array.from({ length: PROCS }, (_, proc) => proc === 0);
  readonly #open = Array.from({ length: PROCS }, () => new Uint8Array(FDS));

  /** Does the operation certainly name what is not there? Else follow it. */
  isIdle(ops: Int32Array, at: number): boolean {
    const kind = ops[at];
    const proc = ops[at + 1];
    if (kind === OP.fork) return this.#fork(proc, ops[at + 2]);
    if (PROC_SLOTS[kind].some((slot) => !this.#alive[ops[at + slot]])) return true;
    if (isOutside(ops, at)) return true;
    // What `open` and `dup` make is their first and second operand; all others are used.
    const made = kind === OP.open ? 2 : kind === OP.dup ? 3 : 0;
    const open = this.#open[proc];
    // No descriptor, -1, has no entry.
    if (FD_SLOTS[kind].some((slot) => slot !== made && open[ops[at + slot]] === 0)) return true;
    if (made !== 0) open[ops[at + made]] = 1;
    if (kind === OP.close) open[ops[at + 2]] = 0;
    if (kind === OP.exit) this.#alive[proc] = false;
    return false;
  }

  #fork(proc: number, child: number): boolean {
    if (!this.#alive[proc] || this.#alive[child]) return true;
    this.#alive[child] = true;
    this.#open[child].set(this.#open[proc]);
    return false;
  }
}

/** A range that does not lie in the arena; of `mremap` the old one. */
function isOutside(ops: Int32Array, at: number): boolean {
  const [page] = PAGE_SLOTS[ops[at]];
  const [npages] = NPAGES_SLOTS[ops[at]];
  return npages !== undefined && ops[at + page] + ops[at + npages] > ARENA_PAGES;
}

/** The trace without the operations that certainly do nothing, since what they name is missing; itself when there are none. */
export function withoutIdle(trace: Trace): Trace {
  const { env, ops } = trace;
  const names = new Names();
  const kept = new Int32Array(ops.length);
  let end = 0;
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    if (names.isIdle(ops, at)) continue;
    kept.set(ops.subarray(at, at + OP_WIDTH), end);
    end += OP_WIDTH;
  }
  return end === ops.length ? trace : { env, ops: kept.slice(0, end) };
}
