/**
 * A random number generator in 32-bit integer arithmetic: the same numbers on every machine, no allocation, a few
 * nanoseconds a number. The algorithm is xoroshiro64** by Blackman and Vigna (period 2^64 - 1).
 */
export class Xoroshiro {
  #a = 1;
  #b = 0;

  /** Start the stream that these 64 bits name. */
  seed(high: number, low: number): void {
    // A state of zero would stay zero, and states with few bits set need some steps to mix.
    this.#a = (high ^ 0x9e3779b9) | 0;
    this.#b = low | 0;
    if ((this.#a | this.#b) === 0) this.#a = 1;
    for (let i = 0; i < 8; i++) this.next();
  }

  /** 32 random bits, as a signed integer. */
  next(): number {
    const a = this.#a;
    const b = this.#b ^ a;
    const product = Math.imul(a, 0x9e3779bb);
    this.#a = ((a << 26) | (a >>> 6)) ^ b ^ (b << 9);
    this.#b = (b << 13) | (b >>> 19);
    return Math.imul((product << 5) | (product >>> 27), 5);
  }

  /**
   * An integer from 0 to n - 1.
   * @param n 1 to 65536; the bias from uniform is below n / 65536
   */
  below(n: number): number {
    return Math.imul(this.next() >>> 16, n) >>> 16;
  }

  /** An integer from `min` to `max`, both inclusive. */
  within(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** True in `of256` of 256 cases. */
  chance(of256: number): boolean {
    return this.next() >>> 24 < of256;
  }

  /** One of several values. */
  oneOf(values: readonly number[]): number {
    return values[this.below(values.length)];
  }

  /**
   * The number of a set bit, each with the same probability; -1 if none is set.
   * @param mask 0 to 15: of processes or descriptors
   */
  bitOf(mask: number): number {
    return mask === 0 ? -1 : NTH_BIT[(mask << 2) | this.below(BITS[mask])];
  }

  /**
   * The number of a set bit of a mask of pages, -1 if none is set: the first from a random place on, so the first bit of a run has
   * a probability of as many 32nds as there are clear bits before it, and one. That is good enough, and quick.
   */
  pageOf(mask: number): number {
    if (mask === 0) return -1;
    const turn = this.next() & 31;
    const turned = (mask >>> turn) | (mask << (32 - turn));
    return (31 - Math.clz32(turned & -turned) + turn) & 31;
  }
}

/** Of each mask of four bits: how many are set, and the number of the first, second, … of them. */
const BITS = new Int32Array(16);
const NTH_BIT = new Int32Array(64);
for (let mask = 0; mask < 16; mask++) {
  for (let bit = 0; bit < 4; bit++) if ((mask >>> bit) & 1) NTH_BIT[(mask << 2) | BITS[mask]++] = bit;
}

/** Bits set in a 32-bit integer. */
export function bitCount(mask: number): number {
  let n = mask - ((mask >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  n = (n + (n >>> 4)) & 0x0f0f0f0f;
  return Math.imul(n, 0x01010101) >>> 24;
}
