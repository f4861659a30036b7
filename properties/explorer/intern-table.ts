/** Ints that a table starts with. */
const FIRST_INTS = 1 << 12;
const FIRST_ENTRIES = 1 << 10;
/** Slots of the index: a power of two, always. */
const FIRST_SLOTS = 1 << 11;
/** Slots of the index for each entry, at least: how full it may become. */
const SLOTS_PER_ENTRY = 1.5;
/** Above this, growing by a quarter instead of by doubling keeps what is reserved for nothing low. */
const LARGE = 1 << 13;

/** No such row. */
export const ABSENT = -1;

function grown(length: number, need: number): number {
  const next = length < LARGE ? length * 2 : length + (length >> 2);
  return Math.max(next, need);
}

/** A copy with room for `need` elements at least, which other threads can be given to read. */
export function grow<T extends Int32Array | Uint16Array | Uint8Array>(array: T, need: number): T {
  const Kind = array.constructor as { new (buffer: SharedArrayBuffer): T; BYTES_PER_ELEMENT: number };
  const copy = new Kind(new SharedArrayBuffer(grown(array.length, need) * Kind.BYTES_PER_ELEMENT));
  copy.set(array);
  return copy;
}

const shared = (length: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));

/** A table as other threads are given it: they may read it while nobody interns. */
export interface SharedTable {
  readonly count: number;
  readonly ints: Int32Array;
  readonly starts: Int32Array;
  readonly slots: Int32Array;
}

/**
 * A set of rows of ints, each stored once, whole and exact, and known by its number: equal rows have equal numbers. Numbers
 * go up from 0 in the order of arrival.
 */
export class InternTable {
  /** The row that was last given to `intern` was not there before. */
  added = false;
  #count = 0;
  #ints: Int32Array = shared(FIRST_INTS);
  /** Where each row starts, and, after the last, where the next one will; empty when all rows are of one width. */
  #starts: Int32Array;
  /** Open addressing: number + 1, or 0. */
  #slots: Int32Array = shared(FIRST_SLOTS);

  /** @param width ints in a row, or 0: each row has a length of its own */
  constructor(readonly width = 0) {
    this.#starts = shared(width === 0 ? FIRST_ENTRIES : 0);
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes that it takes, with what it has reserved. */
  get bytes(): number {
    return this.#ints.byteLength + this.#starts.byteLength + this.#slots.byteLength;
  }

  /** The number of the row `row[from]` to `row[to - 1]`, or `ABSENT`. */
  find(row: Int32Array, from: number, to: number): number {
    return this.#slots[this.#slotOf(row, from, to)] - 1;
  }

  /** The number of the row `row[from]` to `row[to - 1]`, which is stored if it is not there. */
  intern(row: Int32Array, from: number, to: number): number {
    const slot = this.#slotOf(row, from, to);
    const entry = this.#slots[slot];
    this.added = entry === 0;
    if (entry !== 0) return entry - 1;
    this.#slots[slot] = this.#append(row, from, to) + 1;
    if (this.#count * SLOTS_PER_ENTRY > this.#slots.length) this.#rehash(this.#slots.length * 2);
    return this.#count - 1;
  }

  /** Where the row is in the index, or the empty slot where it belongs. */
  #slotOf(row: Int32Array, from: number, to: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash(row, from, to) & mask;
    while (slots[slot] !== 0 && !this.equals(slots[slot] - 1, row, from, to)) slot = (slot + 1) & mask;
    return slot;
  }

  /** Copy a row to `into` from index `at` on. @returns the index after it */
  copy(number: number, into: Int32Array, at: number): number {
    const end = this.#end(number);
    const ints = this.#ints;
    for (let i = this.#start(number); i < end; i++) into[at++] = ints[i];
    return at;
  }

  /** Ints of a row. */
  lengthOf(number: number): number {
    return this.#end(number) - this.#start(number);
  }

  /** Whether this is the row of that number. */
  equals(number: number, row: Int32Array, from: number, to: number): boolean {
    const start = this.#start(number);
    if (this.#end(number) - start !== to - from) return false;
    const ints = this.#ints;
    for (let i = from; i < to; i++) if (ints[start + i - from] !== row[i]) return false;
    return true;
  }

  /** Hold nothing. */
  clear(): void {
    this.#count = 0;
    this.#slots.fill(0);
  }

  /** What another thread needs to read it as it is now. */
  share(): SharedTable {
    return { count: this.#count, ints: this.#ints, starts: this.#starts, slots: this.#slots };
  }

  /** Read what another thread has shared, instead of what this table holds. */
  adopt({ count, ints, starts, slots }: SharedTable): void {
    this.#count = count;
    this.#ints = ints;
    this.#starts = starts;
    this.#slots = slots;
  }

  /** All rows, one after the other, and the length of each: what `load` takes. */
  save(): { readonly rows: Int32Array; readonly starts: Int32Array } {
    return {
      rows: this.#ints.subarray(0, this.#end(this.#count - 1)),
      starts: this.#starts.subarray(0, this.#count + 1),
    };
  }

  /** Hold these rows instead. */
  load(rows: Int32Array, starts: Int32Array): void {
    this.#ints = grow(rows, FIRST_INTS);
    this.#starts = this.width === 0 ? grow(starts, FIRST_ENTRIES) : starts;
    this.#count = this.width === 0 ? Math.max(0, starts.length - 1) : rows.length / this.width;
    let slots = FIRST_SLOTS;
    while (this.#count * SLOTS_PER_ENTRY > slots) slots *= 2;
    this.#rehash(slots);
  }

  #start(number: number): number {
    return this.width === 0 ? this.#starts[number] : number * this.width;
  }

  #end(number: number): number {
    return this.width === 0 ? this.#starts[number + 1] : (number + 1) * this.width;
  }

  #append(row: Int32Array, from: number, to: number): number {
    const number = this.#count++;
    const start = this.#start(number);
    const end = start + to - from;
    if (end > this.#ints.length) this.#ints = grow(this.#ints, end);
    for (let i = from; i < to; i++) this.#ints[start + i - from] = row[i];
    if (this.width === 0) {
      if (number + 2 > this.#starts.length) this.#starts = grow(this.#starts, number + 2);
      this.#starts[number + 1] = end;
    }
    return number;
  }

  #rehash(length: number): void {
    const slots = shared(length);
    const mask = length - 1;
    for (let number = 0; number < this.#count; number++) {
      let slot = hash(this.#ints, this.#start(number), this.#end(number)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

/** Where a row is looked for; equality is over all its ints. */
function hash(row: Int32Array, from: number, to: number): number {
  let h = to - from;
  for (let i = from; i < to; i++) {
    h = Math.imul(h ^ row[i], 0x9e3779b1);
    h ^= h >>> 15;
  }
  h = Math.imul(h ^ (h >>> 13), 0x85ebca6b);
  return (h ^ (h >>> 16)) >>> 0;
}
