import { OBS_WIDTH, OP_WIDTH, PROCS } from '../../model/alphabet/bounds.js';
import { BOUND, HANG, OK } from '../../model/alphabet/observations.js';
import { OP, OP_NAMES } from '../../model/alphabet/operations.js';
import {
  ACCEPTED,
  OUT_OF_SCOPE,
  type SequenceView,
  type Specification,
} from '../../model/alphabet/specification.js';
import type { Env } from '../../model/alphabet/system.js';
import type { Failure } from '../../model/verdict.js';
import { rejection } from './rejection.js';
import type { Subject } from './subject.js';
import type { Tally } from './tally.js';

/** How an operation went: the sequence goes on. */
export const GO_ON = 0;
/** It broke a rule: see `failure`. */
export const FAILED = 1;
/** A table is full, or the specification leaves open what follows: the sequence ends without a verdict on the rest. */
export const CUT = 2;

/** What was found wrong, for `failure` to describe. */
const NOTHING = 0;
const HUNG = 1;
const BROKE_INVARIANT = 2;
const NOT_ALLOWED = 3;

/**
 * A System and the specification, operation by operation, with every invariant after each. The specification follows the
 * observation where it allows several, so both are always in states that agree on what was seen.
 */
export class Lockstep {
  /** The observation of the last operation. */
  readonly obs = new Int32Array(OBS_WIDTH);
  readonly #subject: Subject;
  readonly #spec: Specification;
  readonly #tally: Tally | undefined;
  #found = NOTHING;

  constructor(subject: Subject, tally?: Tally) {
    this.#subject = subject;
    this.#spec = subject.specification(subject.flavour);
    this.#tally = tally;
  }

  get view(): SequenceView {
    return this.#spec.view;
  }

  /** Start a sequence. */
  begin(env: Env): void {
    this.#found = NOTHING;
    this.#subject.system.reset(env);
    this.#spec.reset(env);
    this.#subject.invariants?.start();
  }

  /**
   * Do the operation at `ops[at]`, and judge it.
   * @returns GO_ON, FAILED or CUT
   */
  step(ops: Int32Array, at: number): number {
    const { obs } = this;
    const { system, invariants } = this.#subject;
    invariants?.before(ops, at);
    system.step(ops, at, obs);
    const kind = ops[at];
    const status = obs[0];
    this.#tally?.operation(kind, status);
    if (status === HANG) return this.#fail(HUNG);
    if (status === BOUND) return CUT;
    // First the state: what an observation shows is the consequence.
    if (invariants !== undefined && invariants.check(ops, at, obs) !== 0) return this.#fail(BROKE_INVARIANT);
    const judgement = this.#spec.accept(ops, at, obs);
    if (judgement !== ACCEPTED) return judgement === OUT_OF_SCOPE ? CUT : this.#fail(NOT_ALLOWED);
    if (kind === OP.exit && status === OK && this.#isOver() && invariants !== undefined) {
      if (invariants.atEnd() !== 0) return this.#fail(BROKE_INVARIANT);
    }
    return GO_ON;
  }

  /** Bit mask of the variation points that judging the last operation asked for. */
  consulted(): number {
    return this.#spec.consulted();
  }

  /** What went wrong at the last operation, after FAILED. */
  failure(ops: Int32Array, at: number): Failure {
    const step = at / OP_WIDTH;
    switch (this.#found) {
      case HUNG:
        return {
          kind: 'hang',
          rule: 'hang',
          text: 'Every operation terminates.',
          step,
          detail: `process ${ops[at + 1]}: ${OP_NAMES[ops[at]]} does not terminate`,
          proc: ops[at + 1],
        };
      case NOT_ALLOWED:
        return rejection(this.#spec, ops, at, this.obs);
      default:
        return { kind: 'invariant', step, ...this.#violation() };
    }
  }

  #violation() {
    const { invariants } = this.#subject;
    if (invariants === undefined) throw new Error('a failure is described that did not happen');
    return invariants.describe();
  }

  #fail(found: number): number {
    this.#found = found;
    return FAILED;
  }

  #isOver(): boolean {
    for (let proc = 0; proc < PROCS; proc++) if (this.#spec.view.alive(proc)) return false;
    return true;
  }
}
