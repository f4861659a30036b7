import type { Flavour, Specification } from '../../model/alphabet/specification.js';
import type { System } from '../../model/alphabet/system.js';
import type { Failure } from '../../model/verdict.js';

/** What an invariant found, and where. */
type Violation = Pick<Failure, 'rule' | 'text' | 'detail' | 'proc' | 'page'>;

/** Looks at the state of a System after every operation. */
export interface StateChecker {
  /** A sequence begins: the System has been reset. */
  start(): void;
  /** The operation at `ops[at]` is about to be done. */
  before(ops: Int32Array, at: number): void;
  /**
   * The operation at `ops[at]` was answered with `obs`.
   * @returns 0, or which invariant does not hold, counted from 1
   */
  check(ops: Int32Array, at: number, obs: Int32Array): number;
  /** As `check`, when no process lives any more: for what must then be gone. */
  atEnd(): number;
  /** What the last call found. */
  describe(): Violation;
}

/** A System under check, with all that judges it. */
export interface Subject {
  readonly id: string;
  readonly system: System;
  readonly flavour: Flavour;
  /** A specification of this flavour, reset to nothing in particular. */
  specification(flavour: Flavour): Specification;
  readonly invariants?: StateChecker;
  /** How often each invariant was looked at so far, by its id. */
  applied?(): Readonly<Record<string, number>>;
  /** The address space of a process as it is now, in lines. */
  picture?(proc: number): readonly string[];
}
