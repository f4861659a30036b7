import type { Verdict } from '../model/verdict.js';

/** The verdict on a System that could not be checked. @param reason one line */
export function notRun(system: string, seed: number, reason: string): Verdict {
  const counts = { sequences: 0, operations: 0, skipped: 0, unobserved: 0, cut: 0, perOp: [] };
  return { system, outcome: 'not-run', reason, seed, counts, invariants: {} };
}
