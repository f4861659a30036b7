import type { Counterexample, Verdict } from '../model/verdict.js';

/** What a whole run comes to. */
export type Outcome = 'passed' | 'failed' | 'not-run' | 'interrupted';

/** What the process answers for each outcome; 2 is for wrong usage and input. */
export const EXIT_CODE: Readonly<Record<Outcome, number>> = {
  passed: 0,
  failed: 1,
  'not-run': 3,
  interrupted: 130,
};

/** One checked System, and whether the run counts without it. */
export interface Checked {
  readonly verdict: Verdict;
  /** A System that was not asked for by name: when it cannot be checked the run can still pass. */
  readonly optional: boolean;
}

/**
 * An interrupted run says so, whatever it had found by then; else a counterexample decides; then a System that had to be
 * checked and was not; and a run that checked nothing at all has not passed.
 */
export function outcomeOf(checked: readonly Checked[], interrupted: boolean): Outcome {
  if (interrupted) return 'interrupted';
  if (checked.some(({ verdict }) => verdict.outcome === 'failed')) return 'failed';
  const missing = checked.some(({ verdict, optional }) => verdict.outcome === 'not-run' && !optional);
  const passed = checked.some(({ verdict }) => verdict.outcome === 'passed');
  return missing || !passed ? 'not-run' : 'passed';
}

/** Ids of the invariants that were never looked at: they say nothing about the System. */
export function vacuousInvariants({ invariants }: Verdict): string[] {
  return Object.keys(invariants).filter((id) => invariants[id] === 0);
}

/** The share of operations that could do something, since what they name is there; from 0 to 1. */
export function effectiveShare({ counts }: Verdict): number {
  const idle = counts.missing ?? counts.skipped;
  return counts.operations === 0 ? 0 : 1 - idle / counts.operations;
}

/** All counterexamples of a System, the first one first. */
export function counterexamplesOf({ counterexample, further = [] }: Verdict): readonly Counterexample[] {
  return counterexample === undefined ? further : [counterexample, ...further];
}
