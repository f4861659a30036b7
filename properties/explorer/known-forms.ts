import { InternTable } from './intern-table.js';

/** Forms that are remembered at most: a power of two. */
const FORMS = 1 << 16;
/** Different halves and parts that are remembered at most. */
const ROWS = 1 << 16;

/**
 * Remembers of states as they were come to, before any renaming, which state of the search they are: most are come to many times, and to find
 * the least of their renamings takes long. Forgets when it is full; what it says is always true.
 */
export class KnownForms {
  readonly #parts = new InternTable();
  readonly #halves = new InternTable();
  readonly #width: number;
  readonly #row: Int32Array;
  /** By hash: the halves of a form, and its state + 1. */
  readonly #forms: Int32Array;
  #half = new Int32Array(16);
  #at = 0;

  /** @param width halves of a state */
  constructor(width: number) {
    this.#width = width;
    this.#row = new Int32Array(width);
    this.#forms = new Int32Array(FORMS * (width + 1));
  }

  /**
   * Look up a form.
   * @param ends where each of its parts ends in `ints`
   * @param splits how many parts there are up to the end of each half
   * @returns its state, or -1
   */
  find(ints: Int32Array, ends: Int32Array, splits: Int32Array): number {
    if (this.#parts.count > ROWS || this.#halves.count > ROWS) this.#forget();
    let part = 0;
    let h = 0;
    for (let half = 0; half < this.#width; half++) {
      const parts = splits[half] - part;
      if (parts > this.#half.length) this.#half = new Int32Array(2 * parts);
      for (let i = 0; i < parts; i++, part++)
        this.#half[i] = this.#parts.intern(ints, part === 0 ? 0 : ends[part - 1], ends[part]);
      this.#row[half] = this.#halves.intern(this.#half, 0, parts);
      h = Math.imul(h ^ this.#row[half], 0x9e3779b1);
      h ^= h >>> 15;
    }
    const at = (h & (FORMS - 1)) * (this.#width + 1);
    this.#at = at;
    for (let half = 0; half < this.#width; half++) if (this.#forms[at + half] !== this.#row[half]) return -1;
    return this.#forms[at + this.#width] - 1;
  }

  /** The form that was last looked up is this state. */
  remember(state: number): void {
    this.#forms.set(this.#row, this.#at);
    this.#forms[this.#at + this.#width] = state + 1;
  }

  #forget(): void {
    this.#parts.clear();
    this.#halves.clear();
    this.#forms.fill(0);
  }
}
