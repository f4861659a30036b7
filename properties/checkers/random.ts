import type { Design } from '../../model/designs/design.js';
import type { Verdict } from '../../model/verdict.js';
import type { Failing } from '../../shrinkers/same-failure.js';
import { sequenceSeed } from '../arbitraries/sequence-seed.js';
import { counterexampleOf } from './counterexample.js';
import { modelSubject } from './model-subject.js';
import { RandomSequences } from './random-sequences.js';
import { incompleteness, type SearchLimits, search } from './searching.js';
import type { Subject } from './subject.js';
import { Tally } from './tally.js';

export interface RandomOptions extends SearchLimits {
  /** Sequences to run; Infinity: until the time is over. */
  readonly runs: number;
  /** Operations in a sequence, before those that close it. */
  readonly length: number;
  /** Called about 40 times a second. */
  readonly onProgress?: (progress: { readonly sequences: number; readonly operations: number }) => void;
}

/** Check a design with random sequences. */
export function checkRandom(design: Design, options: RandomOptions): Promise<Verdict> {
  return searchRandom(modelSubject(design), options);
}

/** Run random sequences on a System in lockstep with the specification, all invariants after each operation. */
export async function searchRandom(subject: Subject, options: RandomOptions): Promise<Verdict> {
  const { seed, runs, timeMs, signal, onProgress } = options;
  const tally = new Tally();
  const sequences = new RandomSequences(subject, options.length, tally);
  let found: Failing | undefined;
  const searching = {
    draw: sequenceSeed,
    run: (value: ReturnType<typeof sequenceSeed>) => {
      found = sequences.run(value);
      return found !== undefined;
    },
    onSlice: () => onProgress?.({ sequences: tally.sequences, operations: tally.operations }),
  };
  const ending = await search(searching, runs, options);
  const counts = tally.counts(sequences.unmapped);
  const invariants = { ...subject.applied?.() };
  const verdict = { system: subject.id, seed, counts, invariants };
  if (found !== undefined) {
    const counterexample = await counterexampleOf(subject, found, () => signal?.aborted === true);
    return { ...verdict, outcome: 'failed', counterexample };
  }
  const incomplete = incompleteness(ending, counts.sequences, runs, timeMs);
  return { ...verdict, outcome: 'passed', ...(incomplete === undefined ? {} : { incomplete }) };
}
