import { OPEN_AUX } from '../../model/alphabet/operands.js';
import type { OpName } from '../../model/alphabet/operations.js';
import { DEFAULT_ENV, type Env } from '../../model/alphabet/system.js';
import type { Xoroshiro } from './xoroshiro.js';

/** What the System that a sequence is for can do: nothing else is drawn. */
export interface Profile {
  /** Kinds that are not drawn by themselves: what a sequence builds with (open, mmap, the stores of an AUX area) it may draw all the same. */
  readonly without: readonly OpName[];
  /** Flags of `open` that may be drawn. */
  readonly openFlags: number;
  /** Kinds that cost far more than the others here: drawn at most this often, in 1024ths of all operations. */
  readonly rare: Readonly<Partial<Record<OpName, number>>>;
  /**
   * Every sequence draws from the whole alphabet in its usual shares, and every operation from all features: what a swarm is
   * compared with. Otherwise each sequence draws from a part.
   */
  readonly even?: boolean;
  /** The environment of a sequence. */
  env(rng: Xoroshiro): Env;
}

const EVERY_FLAG = 15;

/** Everything, in environments whose limits are small enough to bite. */
export const MODEL_PROFILE: Profile = {
  without: [],
  openFlags: EVERY_FLAG,
  rare: {},
  env: randomEnv,
};

/** What a real kernel with this environment can do: no injected failures, no new gift, AUX only where a PMU has it. */
export function kernelProfile(env: Env): Profile {
  return {
    without: ['inject', 'gift'],
    openFlags: env.aux ? EVERY_FLAG : EVERY_FLAG & ~OPEN_AUX,
    // One headroom maps greedily until EPERM: about a millisecond.
    rare: { headroom: 16 },
    env: () => env,
  };
}

/** Pages of a gift or limit: mostly about the size of a buffer or two, at times none, at times more than the arena. */
function limit(rng: Xoroshiro): number {
  const roll = rng.below(16);
  if (roll === 0) return 0;
  if (roll === 1) return rng.within(0, 64);
  return rng.within(1, roll < 8 ? 6 : 18);
}

function randomEnv(rng: Xoroshiro): Env {
  const usual = rng.chance(192);
  return {
    gift: limit(rng),
    rlimit: limit(rng),
    paranoid: usual ? DEFAULT_ENV.paranoid : rng.within(-1, 2),
    pku: rng.chance(64),
    thp: !rng.chance(32),
    ksm: !rng.chance(32),
    aux: !rng.chance(24),
  };
}
