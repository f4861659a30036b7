import { OP_NAMES } from '../../model/alphabet/operations.js';
import { statusName } from '../../model/trace/observation-json.js';
import type { OutcomeCount } from '../../model/verdict.js';

/** Between two kinds of operations: more than all statuses, of which the least are the errnos. */
const KIND = 1 << 18;
const LOWEST = 1 << 12;

/** Counts what operations answered. Floating point, since a long run does more than 2^31 operations. */
export class OutcomeCounts {
  readonly #counts = new Map<number, number>();
  /** By kind: the status that it had last, and how often since that was counted. */
  readonly #last = new Int32Array(OP_NAMES.length);
  readonly #run = new Float64Array(OP_NAMES.length);

  add(kind: number, status: number): void {
    if (this.#last[kind] !== status) {
      this.#settle(kind);
      this.#last[kind] = status;
    }
    this.#run[kind]++;
  }

  #settle(kind: number): void {
    if (this.#run[kind] === 0) return;
    this.#addTo(kind * KIND + LOWEST + this.#last[kind], this.#run[kind]);
    this.#run[kind] = 0;
  }

  #addTo(key: number, count: number): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  /** Count what others have counted, too. */
  merge(saved: readonly (readonly [number, number])[]): void {
    for (const [key, count] of saved) this.#addTo(key, count);
  }

  /** By kind in the order of the alphabet, then most frequent first. */
  list(): OutcomeCount[] {
    return this.save()
      .sort(([a, m], [b, n]) => Math.floor(a / KIND) - Math.floor(b / KIND) || n - m)
      .map(([key, count]) => ({
        op: OP_NAMES[Math.floor(key / KIND)],
        outcome: String(statusName((key % KIND) - LOWEST)),
        count,
      }));
  }

  save(): [number, number][] {
    for (let kind = 0; kind < OP_NAMES.length; kind++) this.#settle(kind);
    return [...this.#counts];
  }

  load(saved: readonly (readonly [number, number])[]): void {
    this.#counts.clear();
    this.#run.fill(0);
    this.merge(saved);
  }
}
