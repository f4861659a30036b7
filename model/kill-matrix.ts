import type { Needs } from './mutants/mutant.js';
import type { Counterexample } from './verdict.js';

/** One search for a defect. */
export interface Trial {
  readonly seed: number;
  readonly sequences: number;
  /** Up to and with the one that failed, if one did. */
  readonly operations: number;
  /** Of processor time: what else the machine does counts less. */
  readonly seconds: number;
  /** What failed first: id of an invariant, or `spec`. Left out: nothing did. */
  readonly rule?: string;
}

/** Something that finds a defect when it is asked alone. */
export interface Killer {
  /** Id of an invariant, or `spec`: what user space may observe. */
  readonly id: string;
  /** Operations up to the first failure. */
  readonly operations: number;
}

/** Whether the shrunk sequence is known to be a shortest one. */
export type Certification = 'certified' | 'not proven' | 'not asked';

/** What became of one mutant. */
export interface MutantResult {
  readonly id: string;
  readonly base: string;
  readonly needs: Needs;
  /** `killed`: in every trial. */
  readonly outcome: 'killed' | 'survived';
  readonly trials: readonly Trial[];
  readonly killers: readonly Killer[];
  /** The shortest that shrinking what was found came to. */
  readonly counterexample?: Counterexample;
  readonly certified: Certification;
}

/** What became of a design in which nothing may be found. */
export interface IntendedResult {
  readonly id: string;
  readonly sequences: number;
  readonly operations: number;
  readonly counterexample?: Counterexample;
  /** It ran less than it should have. */
  readonly incomplete?: string;
}

/** Which mutants are found, by what, and how soon. */
export interface KillMatrix {
  readonly seed: number;
  readonly seeds: number;
  /** Sequences of one trial at most; the intended designs get `INTENDED_FACTOR` times as many. */
  readonly sequences: number;
  readonly mutants: readonly MutantResult[];
  readonly intended: readonly IntendedResult[];
  /** Everything that could have killed, in order. */
  readonly killers: readonly string[];
  /** Of these, what killed nothing; empty unless all mutants were run. */
  readonly vacuous: readonly string[];
  /** Ids of defects that no sequence can show. */
  readonly needInterleavings: readonly string[];
  readonly interrupted: boolean;
}

/** How much longer the intended designs are searched than a mutant. */
export const INTENDED_FACTOR = 10;

/** Mutants that were not found, and intended designs that failed or were not searched to the end: what fails a run. */
export function failuresOf({ mutants, intended }: KillMatrix): string[] {
  return [
    ...mutants.filter(({ outcome }) => outcome === 'survived').map(({ id }) => id),
    ...intended.filter((each) => each.counterexample !== undefined).map(({ id }) => id),
  ];
}
