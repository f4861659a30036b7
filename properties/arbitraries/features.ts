import type { Xoroshiro } from './xoroshiro.js';

/** What each feature of a sequence may be; a sequence has one of each. In 256ths. */
const CHOICES = {
  wild: [1, 4, 4, 12],
  anonymous: [0, 24, 64, 110],
  private: [0, 8, 24],
  noreplace: [0, 24, 80],
  populate: [0, 32, 110],
  locked: [0, 0, 24, 90],
  exec: [0, 0, 8, 24],
  oddProt: [8, 40, 120],
  badSize: [4, 16, 50],
  oddSize: [20, 80, 160],
  over: [4, 24, 80],
  adjacent: [40, 120, 200],
  again: [60, 130, 200],
  partial: [30, 100, 180],
  inherit: [0, 16, 70],
  cpu: [0, 0, 24, 80],
  backward: [0, 0, 16, 90],
  aux: [0, 100, 256],
  output: [0, 16, 80],
  words: [40, 110, 200],
  sticky: [0, 120, 220],
} as const;

/** How often, in 256ths, something shows in the operands of one sequence. */
export class Features {
  /** An operation with operands drawn from all their values, whatever the state. */
  wild = 0;
  /** mmap of anonymous memory. */
  anonymous = 0;
  private = 0;
  noreplace = 0;
  populate = 0;
  locked = 0;
  /** PROT_EXEC. */
  exec = 0;
  /** A protection other than those of a reader or writer of a ring buffer. */
  oddProt = 0;
  /** A number of pages that no buffer has, or other than the buffer's. */
  badSize = 0;
  /** A buffer of one page or many rather than two, three or five. */
  oddSize = 0;
  /** MAP_FIXED over something. */
  over = 0;
  /** A place that touches a mapping, rather than any with room. */
  adjacent = 0;
  /** A second mapping rather than a new buffer, where there is a choice. */
  again = 0;
  /** A part of a mapping, a range with holes or over several mappings, rather than one whole mapping. */
  partial = 0;
  inherit = 0;
  cpu = 0;
  backward = 0;
  aux = 0;
  /** FD_OUTPUT at open. */
  output = 0;
  /** The kernel's words of a page, rather than the one without meaning. */
  words = 0;
  /** Stay with the process of the operation before. */
  sticky = 0;

  /** Choose for a new sequence. Field by field, since that is several times as quick as by name. */
  draw(rng: Xoroshiro): void {
    this.wild = rng.oneOf(CHOICES.wild);
    this.anonymous = rng.oneOf(CHOICES.anonymous);
    this.private = rng.oneOf(CHOICES.private);
    this.noreplace = rng.oneOf(CHOICES.noreplace);
    this.populate = rng.oneOf(CHOICES.populate);
    this.locked = rng.oneOf(CHOICES.locked);
    this.exec = rng.oneOf(CHOICES.exec);
    this.oddProt = rng.oneOf(CHOICES.oddProt);
    this.badSize = rng.oneOf(CHOICES.badSize);
    this.oddSize = rng.oneOf(CHOICES.oddSize);
    this.over = rng.oneOf(CHOICES.over);
    this.adjacent = rng.oneOf(CHOICES.adjacent);
    this.again = rng.oneOf(CHOICES.again);
    this.partial = rng.oneOf(CHOICES.partial);
    this.inherit = rng.oneOf(CHOICES.inherit);
    this.cpu = rng.oneOf(CHOICES.cpu);
    this.backward = rng.oneOf(CHOICES.backward);
    this.aux = rng.oneOf(CHOICES.aux);
    this.output = rng.oneOf(CHOICES.output);
    this.words = rng.oneOf(CHOICES.words);
    this.sticky = rng.oneOf(CHOICES.sticky);
  }
}
