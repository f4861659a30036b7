import { OP_NAMES } from '../../model/alphabet/operations.js';
import { statusName } from '../../model/trace/observation-json.js';
import type { OutcomeCount } from '../../model/verdict.js';

/** Between two kinds of operations: more than all statuses, of which the least are the errnos. */
const KIND = 1 << 18;
const LOWEST = 1 << 12;
/** Statuses that have a place of their own in the table: success, and every errno that Linux has. */
const COMMON = 1 << 8;

/** Counts what operations answered. Floating point, since a long run does more than 2^31 operations. */
export class OutcomeCounts {
  readonly #common = new Float64Array(OP_NAMES.length * COMMON);
  readonly #others = new Map<number, number>();

  add(kind: number, status: number, count = 1): void {
    if (status <= 0 && status > -COMMON) {
      this.#common[kind * COMMON - status] += count;
      return;
    }
    const key = kind * KIND + LOWEST + status;
    this.#others.set(key, (this.#others.get(key) ?? 0) + count);
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
    const saved: [number, number][] = [...this.#others];
    this.#common.forEach((count, i) => {
      if (count > 0) saved.push([Math.floor(i / COMMON) * KIND + LOWEST - (i % COMMON), count]);
    });
    return saved;
  }

  load(saved: readonly (readonly [number, number])[]): void {
    this.#common.fill(0);
    this.#others.clear();
    for (const [key, count] of saved) this.add(Math.floor(key / KIND), (key % KIND) - LOWEST, count);
  }
}
