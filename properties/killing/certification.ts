import type { Certification } from '../../model/kill-matrix.js';
import type { Counterexample } from '../../model/verdict.js';

/**
 * Asks whether a shorter sequence shows the same failure. Who has no answer says that nobody was asked.
 */
export type Certify = (counterexample: Counterexample) => Promise<Certification>;

export const nobodyIsAsked: Certify = async () => 'not asked';
