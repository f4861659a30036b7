import { InternTable } from './intern-table.js';
import { CANDIDATE_HEAD, CANDIDATE_SHOWS } from './state-store.js';

const FIRST = 1 << 12;

/** Gathers the states that a store does not have, each once, in the order in which they are come to. */
export class Candidates {
  readonly #seen = new InternTable();
  #ints = new Int32Array(FIRST);
  #length = 0;
  /** The one that `isNew` was asked about. */
  #candidate: Int32Array = this.#ints;
  #size = 0;

  /** Whether this is the first time that it is come to. */
  isNew(candidate: Int32Array, size: number): boolean {
    this.#candidate = candidate;
    this.#size = size;
    this.#seen.intern(candidate, 0, size);
    return this.#seen.added;
  }

  /**
   * Add the one that was new.
   * @param shows bits of the `SOMETIMES` that it is the first to show
   */
  add(parent: number, operation: number, renaming: number, shows: number): void {
    const end = this.#length + CANDIDATE_HEAD + this.#size;
    if (end > this.#ints.length) {
      const longer = new Int32Array(2 * end);
      longer.set(this.#ints);
      this.#ints = longer;
    }
    this.#ints[this.#length] = parent;
    this.#ints[this.#length + 1] = operation;
    this.#ints[this.#length + 2] = renaming;
    this.#ints[this.#length + CANDIDATE_SHOWS] = shows;
    for (let i = 0; i < this.#size; i++) this.#ints[this.#length + CANDIDATE_HEAD + i] = this.#candidate[i];
    this.#length = end;
  }

  /** All of them; then begin anew. */
  take(): Int32Array {
    const taken = this.#ints.slice(0, this.#length);
    this.#length = 0;
    this.#seen.clear();
    return taken;
  }
}
