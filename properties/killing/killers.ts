import type { Design } from '../../model/designs/design.js';
import type { Killer } from '../../model/kill-matrix.js';
import { type SequenceSeed, sequenceSeed } from '../arbitraries/sequence-seed.js';
import { modelSubject } from '../checkers/model-subject.js';
import { RandomSequences } from '../checkers/random-sequences.js';
import { type SearchLimits, search } from '../checkers/searching.js';
import { Tally } from '../checkers/tally.js';
import { eachAlone } from './alone.js';

export interface KillersOptions extends SearchLimits {
  /** Sequences to draw at most. */
  readonly runs: number;
  readonly length: number;
  /** Sequences that fail after which no more are drawn. */
  readonly failing: number;
}

/**
 * Who finds the defect, each asked alone on the same sequences. A sequence in which all of them together find nothing is
 * not run again: none of them can find something there alone.
 */
export async function killersOf(design: Design, options: KillersOptions): Promise<Killer[]> {
  const killers: Killer[] = [];
  const before = new Tally();
  const together = new RandomSequences(modelSubject(design), options.length, before);
  let operations = 0;
  const alone = new Tally();
  const judge = eachAlone(design, (id) => {
    if (!killers.some((each) => each.id === id))
      killers.push({ id, operations: operations + alone.operations });
  });
  const apart = new RandomSequences(judge, options.length, alone);
  let failing = 0;
  const run = (seed: SequenceSeed): boolean => {
    const done = before.operations;
    if (together.run(seed) === undefined) {
      operations += before.operations - done;
      return false;
    }
    apart.run(seed);
    return ++failing >= options.failing;
  };
  await search({ draw: sequenceSeed, run, onSlice() {} }, options.runs, options);
  return killers;
}
