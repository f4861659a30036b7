import type { Design } from '../../model/designs/design.js';
import type { Certification } from '../../model/kill-matrix.js';
import type { Counterexample } from '../../model/verdict.js';

/** Asks whether a shorter sequence shows the same failure: gives the shortest, with a certificate. */
export type Certify = (design: Design, counterexample: Counterexample) => Promise<Counterexample>;

/** What is known of a counterexample's length. */
export function certificationOf({ certificate }: Counterexample): Certification {
  if (certificate === undefined) return 'not asked';
  return certificate.proven ? 'certified' : 'not proven';
}
