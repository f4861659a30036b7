import type { Design } from '../../model/designs/design.js';
import type { Counts, Verdict } from '../../model/verdict.js';
import type { Failing } from '../../shrinkers/same-failure.js';
import { sequenceSeed } from '../arbitraries/sequence-seed.js';
import { counterexampleOf } from './counterexample.js';
import { modelSubject } from './model-subject.js';
import { RandomSequences, type SourceOf } from './random-sequences.js';
import { incompleteness, type SearchLimits, search } from './searching.js';
import type { Subject } from './subject.js';
import { Tally } from './tally.js';

export interface RandomOptions extends SearchLimits {
  /** Sequences to run; Infinity: until the time is over. */
  readonly runs: number;
  /** Operations in a sequence, before those that close it. */
  readonly length: number;
  /** Where the operations come from; unless given, from all that a model can do. */
  readonly sourceOf?: SourceOf;
  /** Called about 40 times a second. */
  readonly onProgress?: (progress: { readonly sequences: number; readonly operations: number }) => void;
}

/** Check a design with random sequences. */
export function checkRandom(design: Design, options: RandomOptions): Promise<Verdict> {
  return searchRandom(modelSubject(design), options);
}

/** What a random search has come to. */
export interface RandomFind {
  /** The first sequence that fails, not yet shrunk, if one was found. */
  readonly found: Failing | undefined;
  readonly counts: Counts;
  /** Why it did less than it was asked for. */
  readonly incomplete: string | undefined;
}

/** Run random sequences on a System in lockstep with the specification until one fails, all invariants after each operation. */
export async function findRandom(subject: Subject, options: RandomOptions): Promise<RandomFind> {
  const { runs, timeMs, onProgress } = options;
  const tally = new Tally();
  const sequences = new RandomSequences(subject, options.length, tally, options.sourceOf);
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
  return { found, counts, incomplete: incompleteness(ending, counts.sequences, runs, timeMs) };
}

/** As `findRandom`, and shrink what fails. */
export async function searchRandom(subject: Subject, options: RandomOptions): Promise<Verdict> {
  const { seed, signal } = options;
  const { found, counts, incomplete } = await findRandom(subject, options);
  const invariants = { ...subject.applied?.() };
  const verdict = { system: subject.id, seed, counts, invariants };
  if (found !== undefined) {
    const counterexample = await counterexampleOf(subject, found, () => signal?.aborted === true);
    return { ...verdict, outcome: 'failed', counterexample };
  }
  return { ...verdict, outcome: 'passed', ...(incomplete === undefined ? {} : { incomplete }) };
}
