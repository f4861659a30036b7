import { OP_NAMES, OPERATIONS } from '../../model/alphabet/operations.js';
import { Features } from './features.js';
import type { Profile } from './profile.js';
import { WEIGHTS } from './weights.js';
import type { Xoroshiro } from './xoroshiro.js';

const KINDS = OP_NAMES.length;
/** Slots of the table that a kind is drawn from. */
const SLOTS = 512;

const GROUP_NAMES = [...new Set(OP_NAMES.map((name) => OPERATIONS[name].group))];
/** Number of the group of each kind. */
const GROUP_OF = Uint8Array.from(OP_NAMES, (name) => GROUP_NAMES.indexOf(OPERATIONS[name].group));

/**
 * The part of the alphabet that one sequence draws from. Sequences that leave things out reach states that an even
 * mixture hardly ever reaches: without `munmap` mappings pile up, without limits charges do.
 */
export class Swarm {
  readonly feature = new Features();
  readonly #base: Int32Array;
  readonly #weights = new Int32Array(KINDS);
  readonly #groups = new Uint8Array(GROUP_NAMES.length);
  readonly #slots = new Uint8Array(SLOTS);
  /** Kinds with a limit, and the limits by kind. */
  readonly #rare: readonly number[];
  readonly #limits: Int32Array;

  readonly #even: boolean;

  constructor(profile: Profile) {
    this.#even = profile.even === true;
    this.#base = Int32Array.from(OP_NAMES, (name) => (profile.without.includes(name) ? 0 : WEIGHTS[name]));
    this.#limits = Int32Array.from(OP_NAMES, (name) => profile.rare[name] ?? 1024);
    this.#rare = OP_NAMES.flatMap((name, kind) => (name in profile.rare ? [kind] : []));
  }

  /** Choose the part for a new sequence. */
  draw(rng: Xoroshiro): void {
    this.feature.draw(rng);
    // One sequence in eight has everything, in its usual share.
    if (this.#even || rng.below(8) === 0) this.#weights.set(this.#base);
    else this.#drawWeights(rng);
    this.#fillSlots();
  }

  /** Before each operation. */
  next(rng: Xoroshiro): void {
    if (this.#even) this.feature.draw(rng);
  }

  /** A kind of operation, by its weight in this sequence. */
  kind(rng: Xoroshiro): number {
    return this.#slots[rng.next() & (SLOTS - 1)];
  }

  #drawWeights(rng: Xoroshiro): void {
    for (let group = 0; group < this.#groups.length; group++) {
      const roll = rng.below(8);
      this.#groups[group] = roll === 0 ? 0 : roll === 7 ? 3 : 1;
    }
    for (let kind = 0; kind < KINDS; kind++) {
      const roll = rng.below(8);
      const factor = roll < 2 ? 0 : roll < 7 ? 1 : 4;
      this.#weights[kind] = this.#base[kind] * this.#groups[GROUP_OF[kind]] * factor;
    }
  }

  #total(): number {
    let total = 0;
    for (let kind = 0; kind < KINDS; kind++) total += this.#weights[kind];
    return total;
  }

  #fillSlots(): void {
    if (this.#total() === 0) this.#weights.set(this.#base);
    const before = this.#total();
    for (const kind of this.#rare) {
      this.#weights[kind] = Math.min(this.#weights[kind], Math.ceil((this.#limits[kind] * before) / 1024));
    }
    const total = this.#total();
    let sum = 0;
    let slot = 0;
    for (let kind = 0; kind < KINDS; kind++) {
      sum += this.#weights[kind];
      const end = Math.floor((sum * SLOTS) / total);
      // Most kinds have few slots: storing them one by one is quicker than a call of `fill`.
      while (slot < end) this.#slots[slot++] = kind;
    }
  }
}
