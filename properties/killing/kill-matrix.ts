import type { Design } from '../../model/designs/design.js';
import {
  INTENDED_FACTOR,
  type IntendedResult,
  type KillMatrix,
  type MutantResult,
  type Trial,
} from '../../model/kill-matrix.js';
import type { Defect, Mutant } from '../../model/mutants/index.js';
import type { Counterexample } from '../../model/verdict.js';
import { KILLERS } from './alone.js';
import { type Certify, certificationOf } from './certification.js';
import { killersOf } from './killers.js';
import { type Tried, tryOnce } from './trial.js';

/** Sequences that fail on which every killer of a mutant is asked. */
const ASKED = 60;

/** What is searched. */
export interface KillQuestion {
  readonly mutants: readonly Mutant[];
  /** Designs in which nothing may be found. */
  readonly intended: readonly Design[];
  /** Defects that are only listed: no sequence can show them. */
  readonly interleavings: readonly Defect[];
  /** No mutant was left out: who kills none of them is vacuous. */
  readonly complete: boolean;
}

export interface KillLimits {
  /** The first trial's seed; the others count up. */
  readonly seed: number;
  /** Trials of each mutant. */
  readonly seeds: number;
  /** Sequences of one trial at most. */
  readonly sequences: number;
  /** Operations in a sequence. */
  readonly length: number;
  /** Milliseconds of one trial at most. */
  readonly timeMs: number;
  readonly signal?: AbortSignal;
  readonly certify?: Certify;
  /** Called when a search begins, and about 40 times a second while it goes on. */
  readonly onProgress?: (progress: KillProgress) => void;
}

/** How far a run has come. */
export interface KillProgress {
  /** The design that is searched. */
  readonly id: string;
  /** Designs that have been, of how many. */
  readonly done: number;
  readonly all: number;
  /** Sequences of the search that is under way. */
  readonly sequences: number;
}

/** Search every mutant for its defect, ask who finds it, and search the designs that have none for longer. */
export async function killMatrix(question: KillQuestion, limits: KillLimits): Promise<KillMatrix> {
  const { mutants, intended, interleavings, complete } = question;
  const { seed, seeds, sequences, signal, onProgress } = limits;
  const aborted = (): boolean => signal?.aborted === true;
  const all = mutants.length + intended.length;
  const results: MutantResult[] = [];
  const clean: IntendedResult[] = [];
  const telling = (id: string): Telling => {
    const tell: Telling = ({ sequences: drawn }) =>
      onProgress?.({ id, done: results.length + clean.length, all, sequences: drawn });
    tell({ sequences: 0 });
    return tell;
  };
  for (const mutant of mutants) {
    if (aborted()) break;
    const result = await killed(mutant, limits, telling(mutant.id));
    if (!aborted()) results.push(result);
  }
  for (const design of intended) {
    if (aborted()) break;
    clean.push(await survives(design, limits, telling(design.id)));
  }
  const kills = new Set(results.flatMap(({ killers }) => killers.map(({ id }) => id)));
  return {
    seed,
    seeds,
    sequences,
    mutants: results,
    intended: clean,
    killers: KILLERS,
    vacuous: complete && !aborted() ? KILLERS.filter((id) => !kills.has(id)) : [],
    needInterleavings: interleavings.map(({ id }) => id),
    interrupted: aborted(),
  };
}

type Telling = (progress: { readonly sequences: number }) => void;

async function killed(mutant: Mutant, limits: KillLimits, onProgress: Telling): Promise<MutantResult> {
  const { id, base, needs, design } = mutant;
  const { seed, seeds, sequences, certify } = limits;
  const trials: Trial[] = [];
  let shrink: Tried['shrink'];
  for (let i = 0; i < seeds; i++) {
    const tried = await tryOnce(design, { ...limits, onProgress, seed: (seed + i) >>> 0, runs: sequences });
    trials.push(tried.trial);
    shrink ??= tried.shrink;
  }
  const result = { id, base, needs, trials };
  if (shrink === undefined) return { ...result, outcome: 'survived', killers: [], certified: 'not asked' };
  const shrunk: Counterexample = await shrink();
  const counterexample = certify === undefined ? shrunk : await certify(design, shrunk);
  return {
    ...result,
    outcome: trials.every(({ rule }) => rule !== undefined) ? 'killed' : 'survived',
    killers: await killersOf(design, { ...limits, runs: sequences, failing: ASKED }),
    counterexample,
    certified: certificationOf(counterexample),
  };
}

async function survives(design: Design, limits: KillLimits, onProgress: Telling): Promise<IntendedResult> {
  const { trial, shrink, incomplete } = await tryOnce(design, {
    ...limits,
    onProgress,
    runs: INTENDED_FACTOR * limits.sequences,
    timeMs: INTENDED_FACTOR * limits.timeMs,
  });
  const { sequences, operations } = trial;
  return {
    id: design.id,
    sequences,
    operations,
    ...(shrink === undefined ? {} : { counterexample: await shrink() }),
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}
