import { setImmediate } from 'node:timers/promises';
import type { Design } from '../../model/designs/design.js';
import { OperationSource } from '../../properties/arbitraries/operation-source.js';
import { MODEL_PROFILE } from '../../properties/arbitraries/profile.js';
import { modelSubject } from '../../properties/checkers/model-subject.js';
import { findRandom } from '../../properties/checkers/random.js';
import type { SourceOf } from '../../properties/checkers/random-sequences.js';
import { CommandsHarness } from '../commands.js';
import { UniformSource } from './uniform-source.js';

/** Operations in a sequence; the harness draws more of them, since most of its cannot run. */
const LENGTH = 30;
const COMMANDS = 300;

/**
 * One search for a defect.
 * @param cap operations after which it is given up
 * @returns operations up to the first failure, or undefined: none was found
 */
type Search = (design: Design, seed: number, cap: number, signal: AbortSignal) => Promise<number | undefined>;

/** A way to search. */
export interface Strategy {
  readonly id: string;
  readonly search: Search;
}

/** The random check in lockstep, with operations from somewhere. */
function lockstep(sourceOf: SourceOf): Search {
  return async (design, seed, cap, signal) => {
    const giveUp = new AbortController();
    const { found, counts } = await findRandom(modelSubject(design), {
      seed,
      runs: Number.POSITIVE_INFINITY,
      length: LENGTH,
      timeMs: Number.POSITIVE_INFINITY,
      sourceOf,
      signal: AbortSignal.any([signal, giveUp.signal]),
      onProgress: ({ operations }) => {
        if (operations >= cap) giveUp.abort();
      },
    });
    return found === undefined || counts.operations > cap ? undefined : counts.operations;
  };
}

/** Sequences of the harness between two looks at the clock and the cap. */
const CHUNK = 5;

const commands: Search = async (design, seed, cap, signal) => {
  const harness = new CommandsHarness(modelSubject(design), COMMANDS);
  let done = 0;
  for (let chunk = 0; done < cap && !signal.aborted; chunk++) {
    const { operations, found } = harness.search(seed * 100_003 + chunk, CHUNK);
    done += operations;
    if (found) return done > cap ? undefined : done;
    await setImmediate();
  }
  return undefined;
};

/** The first is mapahead's own; the others are what it is compared with. */
export const STRATEGIES: readonly Strategy[] = [
  { id: 'swarm', search: lockstep((view) => new OperationSource(MODEL_PROFILE, view)) },
  {
    id: 'no-swarm',
    search: lockstep((view) => new OperationSource({ ...MODEL_PROFILE, even: true }, view)),
  },
  { id: 'uniform', search: lockstep((view) => new UniformSource(view)) },
  { id: 'fc.commands', search: commands },
];
