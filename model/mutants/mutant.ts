import type { Design } from '../designs/design.js';

/** Which part of the history a defect belongs to. */
type Family = 'advance-mapping' | 'accounting' | 'attachment' | 'core-mm' | 'rejected' | 'demand-fault';

/** What it takes for a defect to show: a sequence of operations, a failure injected into one, or two tasks at once. */
export type Needs = 'sequence' | 'injection' | 'interleaving';

/** A defect of the history: what it is and where it is known from. */
export interface Defect {
  readonly id: string;
  readonly family: Family;
  readonly needs: Needs;
  /** Commit, CVE, or the discussion in which it came up. */
  readonly source: string;
  /** What is wrong, in one sentence. */
  readonly defect: string;
  /** What comes of it. */
  readonly shows: string;
}

/** A design with exactly one defect. */
export interface Mutant extends Defect {
  /** The design that has everything but the defect. */
  readonly base: string;
  readonly design: Design;
}

/** A design that differs from another in one defect. */
export function mutant(base: Design, defect: Defect, difference: Partial<Design>): Mutant {
  return {
    ...defect,
    base: base.id,
    design: { ...base, ...difference, id: defect.id, title: defect.defect },
  };
}
