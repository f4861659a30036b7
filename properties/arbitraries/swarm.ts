import { OP_NAMES, OPERATIONS } from '../../model/alphabet/operations.js';
import type { Profile } from './profile.js';
import { WEIGHTS } from './weights.js';
import type { Xoroshiro } from './xoroshiro.js';

const KINDS = OP_NAMES.length;
/** Slots of the table that a kind is drawn from. */
const SLOTS = 1024;

const GROUP_NAMES = [...new Set(OP_NAMES.map((name) => OPERATIONS[name].group))];
/** Number of the group of each kind. */
const GROUP_OF = Uint8Array.from(OP_NAMES, (name) => GROUP_NAMES.indexOf(OPERATIONS[name].group));

/** Probabilities, in 256ths, that an operand feature shows; each sequence draws one of the choices. */
const FEATURES = {
  /** An operation with operands drawn from all their values, whatever the state. */
  wild: [1, 4, 4, 12],
  /** mmap of anonymous memory. */
  anonymous: [0, 24, 64, 110],
  private: [0, 8, 24],
  noreplace: [0, 24, 80],
  populate: [0, 32, 110],
  locked: [0, 0, 24, 90],
  /** PROT_EXEC. */
  exec: [0, 0, 8, 24],
  /** A protection other than those of a reader or writer of a ring buffer. */
  oddProt: [8, 40, 120],
  /** A number of pages that no buffer has, or other than the buffer's. */
  badSize: [4, 16, 50],
  /** A buffer of one page or many rather than two, three or five. */
  oddSize: [20, 80, 160],
  /** MAP_FIXED over something. */
  over: [4, 24, 80],
  /** A place that touches a mapping, rather than any with room. */
  adjacent: [40, 120, 200],
  /** A second mapping rather than a new buffer, where there is a choice. */
  again: [60, 130, 200],
  /** A part of a mapping, a range with holes or over several mappings, rather than one whole mapping. */
  partial: [30, 100, 180],
  inherit: [0, 16, 70],
  cpu: [0, 0, 24, 80],
  backward: [0, 0, 16, 90],
  aux: [0, 100, 256],
  /** FD_OUTPUT at open. */
  output: [0, 16, 80],
  /** The kernel's words of a page, rather than the one without meaning. */
  words: [40, 110, 200],
  /** Stay with the process of the operation before. */
  sticky: [0, 120, 220],
} as const;

export type Feature = keyof typeof FEATURES;

const FEATURE_NAMES = Object.keys(FEATURES) as Feature[];
const FEATURE_CHOICES: readonly (readonly number[])[] = FEATURE_NAMES.map((name) => FEATURES[name]);

/**
 * The part of the alphabet that one sequence draws from. Sequences that leave things out reach states that an even
 * mixture hardly ever reaches: without `munmap` mappings pile up, without limits charges do.
 */
export class Swarm {
  readonly feature: Record<Feature, number>;
  readonly #base: Int32Array;
  readonly #weights = new Int32Array(KINDS);
  readonly #groups = new Uint8Array(GROUP_NAMES.length);
  readonly #slots = new Uint8Array(SLOTS);
  readonly #limits: Int32Array;

  constructor(profile: Profile) {
    this.feature = Object.fromEntries(FEATURE_NAMES.map((name) => [name, 0])) as Record<Feature, number>;
    this.#base = Int32Array.from(OP_NAMES, (name) => (profile.without.includes(name) ? 0 : WEIGHTS[name]));
    this.#limits = Int32Array.from(OP_NAMES, (name) => profile.rare[name] ?? SLOTS);
  }

  /** Choose the part for a new sequence. */
  draw(rng: Xoroshiro): void {
    for (let i = 0; i < FEATURE_NAMES.length; i++) {
      const choices = FEATURE_CHOICES[i];
      this.feature[FEATURE_NAMES[i]] = choices[rng.below(choices.length)];
    }
    // One sequence in eight has everything, in its usual share.
    if (rng.below(8) === 0) this.#weights.set(this.#base);
    else this.#drawWeights(rng);
    this.#fillSlots();
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
    for (let kind = 0; kind < KINDS; kind++) {
      const most = Math.ceil((this.#limits[kind] * before) / SLOTS);
      this.#weights[kind] = Math.min(this.#weights[kind], most);
    }
    const total = this.#total();
    let sum = 0;
    let slot = 0;
    for (let kind = 0; kind < KINDS; kind++) {
      sum += this.#weights[kind];
      const end = Math.floor((sum * SLOTS) / total);
      this.#slots.fill(kind, slot, end);
      slot = end;
    }
  }
}
