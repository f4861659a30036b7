import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OK, obsWidth, SKIP, UNOBSERVED } from '../../model/alphabet/observations.js';
import { OP_NAMES } from '../../model/alphabet/operations.js';
import type { Recording } from '../../model/alphabet/system.js';
import type { Counts } from '../../model/verdict.js';
import { OutcomeCounts } from '../explorer/counts.js';

const KINDS = OP_NAMES.length;

/** Counts what was done. Floating point, since a long run does more than 2^31 operations. */
export class Tally {
  #sequences = 0;
  #cut = 0;
  readonly #done = new Float64Array(OP_NAMES.length);
  readonly #ok = new Float64Array(OP_NAMES.length);
  #skipped = 0;
  readonly #unobserved = new Float64Array(OP_NAMES.length);
  readonly #outcomes = new OutcomeCounts();
  readonly #pairs = new Float64Array(KINDS * KINDS);
  /** The operation before, if it did something. */
  #before = -1;

  /** One operation of this kind was answered with this status. */
  operation(kind: number, status: number): void {
    this.#done[kind]++;
    this.#outcomes.add(kind, status);
    const before = this.#before;
    this.#before = status === SKIP ? -1 : kind;
    if (before >= 0 && status !== SKIP) this.#pairs[before * KINDS + kind]++;
    if (status === OK) this.#ok[kind]++;
    else if (status === SKIP) this.#skipped++;
    else if (status === UNOBSERVED) this.#unobserved[kind]++;
  }

  sequence(): void {
    this.#sequences++;
    this.#before = -1;
  }

  /** Operation `step` was answered with this status. */
  step(ops: Int32Array, step: number, status: number): void {
    this.operation(ops[step * OP_WIDTH], status);
  }

  /** A whole sequence was answered. */
  recording(ops: Int32Array, { obs, steps }: Recording): void {
    this.sequence();
    let start = 0;
    for (let at = 0; at < steps * OP_WIDTH; at += OP_WIDTH) {
      this.operation(ops[at], obs[start]);
      start += obsWidth(ops[at]);
    }
  }

  /** A sequence ended early without a verdict on the rest. */
  cut(): void {
    this.#cut++;
  }

  get sequences(): number {
    return this.#sequences;
  }

  get operations(): number {
    return this.#done.reduce((sum, count) => sum + count, 0);
  }

  /** @param unmapped operations that were not skipped and named pages of which none was mapped, where that was counted */
  counts(unmapped?: number): Counts {
    const unobserved = this.#unobserved.some((count) => count > 0);
    return {
      ...(unmapped === undefined ? {} : { missing: this.#skipped + unmapped }),
      ...(unobserved ? { unobservedPerOp: [...this.#unobserved] } : {}),
      sequences: this.#sequences,
      operations: this.operations,
      skipped: this.#skipped,
      unobserved: this.#unobserved.reduce((sum, count) => sum + count, 0),
      cut: this.#cut,
      outcomes: this.#outcomes.list(),
      pairs: [...this.#pairs],
      perOp: OP_NAMES.map((_, kind) => [this.#done[kind], this.#ok[kind]] as const),
    };
  }
}
