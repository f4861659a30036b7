import type * as fc from 'fast-check';

/** 64 bits that name a random sequence. */
export interface SequenceSeed {
  readonly high: number;
  readonly low: number;
}

const LEAST = -0x8000_0000;
const GREATEST = 0x7fff_ffff;

/** Take the seed of a sequence from fast-check's generator, so that fast-check's seed and run index name it. */
export function sequenceSeed(random: fc.Random): SequenceSeed {
  return { high: random.nextInt(LEAST, GREATEST), low: random.nextInt(LEAST, GREATEST) };
}
