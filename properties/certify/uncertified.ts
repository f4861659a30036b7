import type { Verdict } from '../../model/verdict.js';

/** The verdict on a real kernel, of which nothing can be proven: it cannot be put into a state. */
export function uncertified(verdict: Verdict): Verdict {
  const { counterexample } = verdict;
  if (counterexample === undefined) return verdict;
  const reason = 'a real kernel cannot be searched: it is the shortest that shrinking found';
  const certificate = { proven: false, bounds: 'none', reason, operations: 0, states: 0, transitions: 0 };
  return { ...verdict, counterexample: { ...counterexample, certificate } };
}
