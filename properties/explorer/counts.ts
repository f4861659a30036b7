import { OP_NAMES } from '../../model/alphabet/operations.js';
import { statusName } from '../../model/trace/observation-json.js';
import type { OutcomeCount } from './exploration.js';

/** Between two kinds of operations: more than all statuses, of which the least are the errnos. */
const KIND = 1 << 18;
const LOWEST = 1 << 12;

/** Counts what operations answered. */
export class OutcomeCounts {
  readonly #counts = new Map<number, number>();

  add(kind: number, status: number, count = 1): void {
    const key = kind * KIND + LOWEST + status;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  /** By kind in the order of the alphabet, then most frequent first. */
  list(): OutcomeCount[] {
    return [...this.#counts]
      .sort(([a, m], [b, n]) => Math.floor(a / KIND) - Math.floor(b / KIND) || n - m)
      .map(([key, count]) => ({
        op: OP_NAMES[Math.floor(key / KIND)],
        outcome: String(statusName((key % KIND) - LOWEST)),
        count,
      }));
  }

  save(): [number, number][] {
    return [...this.#counts];
  }

  load(saved: readonly (readonly [number, number])[]): void {
    this.#counts.clear();
    for (const [key, count] of saved) this.#counts.set(key, count);
  }
}
