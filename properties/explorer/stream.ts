import { grow } from './intern-table.js';
import type { Numbering } from './numbering.js';
import type { Renaming } from './renaming.js';

const FIRST_INTS = 1 << 10;
const MAX_PARTS = 256;

/**
 * A state as ints, in parts: written from a model's tables, or read back into them. The same code does both, so that what is
 * written is what is read: each method takes what the table holds, and returns what it shall hold.
 */
export class Stream {
  reading = false;
  ints = new Int32Array(FIRST_INTS);
  /** Ints written, or read so far. */
  length = 0;
  /** Where each part ends, of those that were written. */
  ends = new Int32Array(MAX_PARTS);
  parts = 0;
  renaming: Renaming;
  /** While it can still be told: whether what is written is the same as `#best` so far. */
  #ties = false;
  #best = new Int32Array(FIRST_INTS);
  #bestEnds = new Int32Array(MAX_PARTS);
  #bestParts = 0;

  constructor(renaming: Renaming) {
    this.renaming = renaming;
  }

  /** Begin to write under a renaming. @param contest against what `keep` kept: see `cut` */
  write(renaming: Renaming, contest: boolean): void {
    this.reading = false;
    this.renaming = renaming;
    this.length = 0;
    this.parts = 0;
    this.#ties = contest;
  }

  /** Begin to read what `ints` holds. */
  read(renaming: Renaming): void {
    this.reading = true;
    this.renaming = renaming;
    this.length = 0;
  }

  value(x: number): number {
    if (this.reading) return this.ints[this.length++];
    if (this.length === this.ints.length) this.ints = grow(this.ints, this.length + 1);
    this.ints[this.length++] = x;
    return x;
  }

  /** A reference to a row: its number + 1, or 0 for none. */
  reference(x: number, numbering: Numbering): number {
    if (this.reading) return this.ints[this.length++];
    this.value(x === 0 ? 0 : numbering.of(x - 1));
    return x;
  }

  user(x: number): number {
    if (this.reading) return this.renaming.userFrom[this.ints[this.length++]];
    this.value(this.renaming.userTo[x]);
    return x;
  }

  /** A set of processes, one bit each. */
  processes(mask: number): number {
    const names = this.reading ? this.renaming.procFrom : this.renaming.procTo;
    const from = this.reading ? this.ints[this.length++] : mask;
    let renamed = 0;
    for (let p = 0; p < names.length; p++) if ((from & (1 << p)) !== 0) renamed |= 1 << names[p];
    if (this.reading) return renamed;
    this.value(renamed);
    return mask;
  }

  /**
   * A part ends. @returns false: in a contest, what is written comes after what was kept, so that the rest need not be written
   */
  cut(): boolean {
    if (this.reading) return true;
    const from = this.parts === 0 ? 0 : this.ends[this.parts - 1];
    this.ends[this.parts++] = this.length;
    if (!this.#ties) return true;
    for (let i = from; i < this.length; i++) {
      const difference = this.ints[i] - this.#best[i];
      if (difference > 0) return false;
      if (difference < 0) {
        this.#ties = false;
        return true;
      }
    }
    return true;
  }

  /** What was written to its end comes before what was kept (false: it is the same). */
  get wins(): boolean {
    return !this.#ties;
  }

  /** Keep what was written, as the one to contest. */
  keep(): void {
    [this.ints, this.#best] = [this.#best, this.ints];
    [this.ends, this.#bestEnds] = [this.#bestEnds, this.ends];
    this.#bestParts = this.parts;
  }

  /** Have what was kept at hand again. */
  recall(): void {
    [this.ints, this.#best] = [this.#best, this.ints];
    [this.ends, this.#bestEnds] = [this.#bestEnds, this.ends];
    this.parts = this.#bestParts;
    this.length = this.parts === 0 ? 0 : this.ends[this.parts - 1];
  }
}
