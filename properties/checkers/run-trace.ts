import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { obsWidth } from '../../model/alphabet/observations.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type { Failure } from '../../model/verdict.js';
import { explained } from './explain.js';
import { CUT, FAILED, GO_ON, Lockstep } from './lockstep.js';
import type { Subject } from './subject.js';

/** Runs traces on one System in lockstep with the specification. */
export class TraceRunner {
  readonly #subject: Subject;
  readonly #lockstep: Lockstep;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.#lockstep = new Lockstep(subject);
  }

  /** How the trace fails, if it does. */
  fails = (trace: Trace): Failure | undefined => {
    this.#lockstep.begin(trace.env);
    for (let at = 0; at < trace.ops.length; at += OP_WIDTH) {
      const went = this.#lockstep.step(trace.ops, at);
      if (went === FAILED) return this.#lockstep.failure(trace.ops, at);
      if (went === CUT) return undefined;
    }
    return undefined;
  };

  /** As `fails`, with all that there is to show: what each step gave, the address space after it, what would explain a rejection. */
  observe(trace: Trace): Observed {
    const observations: Int32Array[] = [];
    const pictures: (readonly string[])[] = [];
    let consulted = 0;
    this.#lockstep.begin(trace.env);
    for (let at = 0; at < trace.ops.length; at += OP_WIDTH) {
      const went = this.#lockstep.step(trace.ops, at);
      observations.push(this.#lockstep.obs.slice(0, obsWidth(trace.ops[at])));
      if (this.#subject.picture !== undefined) pictures.push(this.#subject.picture(trace.ops[at + 1]));
      consulted |= this.#lockstep.consulted();
      if (went === GO_ON) continue;
      if (went === CUT) return { observations, pictures, cut: true };
      const failure = this.#lockstep.failure(trace.ops, at);
      return {
        observations,
        pictures,
        failure: this.#explained(failure, trace, observations, consulted),
        cut: false,
      };
    }
    return { observations, pictures, cut: false };
  }

  #explained(
    failure: Failure,
    trace: Trace,
    observations: readonly Int32Array[],
    consulted: number,
  ): Failure {
    if (failure.kind !== 'spec') return failure;
    const { specification, flavour } = this.#subject;
    return explained(failure, specification, flavour, consulted, trace, observations);
  }
}

/** One execution of a trace. */
export interface Observed {
  /** Up to and with the step that failed, or cut the sequence short. */
  readonly observations: readonly Int32Array[];
  /** After each of these steps; empty when the System draws none. */
  readonly pictures: readonly (readonly string[])[];
  readonly failure?: Failure;
  /** It ended early, without a verdict on the rest. */
  readonly cut: boolean;
}
