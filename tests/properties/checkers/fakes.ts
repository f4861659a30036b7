import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { obsWidth } from '#model/alphabet/observations';
import { DEFAULT_ENV, type Env, type Recording, type System, type TraceSystem } from '#model/alphabet/system';
import { findingsOfKernel, flavourOfKernel, Spec } from '#model/spec/index';
import type { StateChecker, Subject } from '#properties/checkers/subject';

/** The kernel whose specification the fakes keep to. */
export const RELEASE = '6.18.44';
export const FLAVOUR = flavourOfKernel(RELEASE);
/** What a kernel of that release really does: with the defects that are known of it. */
export const KERNEL_FLAVOUR = FLAVOUR | findingsOfKernel(RELEASE);

/** Changes what the operation at `ops[at]` was answered with. */
export type Alter = (ops: Int32Array, at: number, obs: Int32Array) => void;

/** A System that does what the specification says, but for what `alter` makes of it. */
export class FakeSystem implements System {
  readonly id = 'fake';
  readonly #spec: Spec;
  readonly #alter: Alter;

  constructor(alter: Alter = () => {}, flavour = FLAVOUR) {
    this.#spec = new Spec(flavour);
    this.#alter = alter;
  }

  reset(env: Env): void {
    this.#spec.reset(env);
  }

  step(ops: Int32Array, at: number, obs: Int32Array): void {
    this.#spec.step(ops, at, obs);
    this.#alter(ops, at, obs);
  }
}

export function fakeSubject(alter?: Alter, more: Partial<Subject> = {}): Subject {
  return {
    id: 'fake',
    system: new FakeSystem(alter),
    flavour: FLAVOUR,
    specification: (flavour) => new Spec(flavour),
    ...more,
  };
}

/** Invariants that never fail, but for what is overridden. */
export function fakeInvariants(more: Partial<StateChecker> = {}): StateChecker {
  return {
    start: () => {},
    before: () => {},
    check: () => 0,
    atEnd: () => 0,
    describe: () => ({
      rule: 'fake-rule',
      text: 'Fakes are right.',
      detail: 'process 0, page 3: wrong',
      page: 3,
    }),
    ...more,
  };
}

/** A kernel that answers like a `FakeSystem`. */
export class FakeKernel implements TraceSystem {
  readonly id: string;
  readonly env: Env = { ...DEFAULT_ENV, aux: false };
  /** Sequences that it was asked to run. */
  sequences = 0;
  readonly #system: System;
  /** Ends the recording of a trace early: operations that are answered, and why no more. */
  readonly #cutShort: (ops: Int32Array) => { steps: number; ended?: string } | undefined;

  constructor(
    system: System = new FakeSystem(undefined, KERNEL_FLAVOUR),
    cutShort: (ops: Int32Array) => { steps: number; ended?: string } | undefined = () => undefined,
    id = `linux-${RELEASE}`,
  ) {
    this.#system = system;
    this.#cutShort = cutShort;
    this.id = id;
  }

  async run(traces: readonly Int32Array[]): Promise<Recording[]> {
    this.sequences += traces.length;
    return traces.map((ops) => this.#record(ops));
  }

  async close(): Promise<void> {}

  #record(ops: Int32Array): Recording {
    const { steps = ops.length / OP_WIDTH, ...why } = this.#cutShort(ops) ?? {};
    const ints: number[] = [];
    const obs = new Int32Array(OBS_WIDTH);
    this.#system.reset(this.env);
    for (let at = 0; at < steps * OP_WIDTH; at += OP_WIDTH) {
      this.#system.step(ops, at, obs);
      ints.push(...obs.subarray(0, obsWidth(ops[at])));
    }
    return { obs: Int32Array.from(ints), steps, ...why };
  }
}
