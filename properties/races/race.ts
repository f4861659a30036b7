import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { ACCEPTED, type Specification } from '../../model/alphabet/specification.js';
import type { Design } from '../../model/designs/design.js';
import type { Derived } from '../../model/interleaving/derived.js';
import { Machine } from '../../model/interleaving/machine.js';
import type { RacePlan } from '../../model/interleaving/plan.js';
import { Spec } from '../../model/spec/index.js';
import { flavourOfDesign } from '../checkers/flavour-of-design.js';
import { DEADLOCK, ENDLESS, FAILED, REDUNDANT } from './dpor.js';
import type { Runnable } from './execute.js';
import { deadlock, endless, Judge } from './judge.js';
import { MachineSteps } from './machine-steps.js';
import type { RaceFailure } from './race-failure.js';
import { divide } from './variation.js';

/** A plan on a design, ready to be scheduled. */
export class Race implements Runnable {
  readonly machine: Machine;
  readonly steps: MachineSteps;
  readonly judge: Judge;

  /** @throws RangeError the plan has more orders of operations than can be looked at */
  constructor(
    readonly derived: Derived,
    readonly design: Design,
    readonly plan: RacePlan,
  ) {
    this.machine = new Machine(derived, design);
    const divided = divide(plan);
    this.machine.load(divided?.plan ?? plan);
    this.steps = new MachineSteps(this.machine);
    this.judge = new Judge(this.machine, this.steps);
    if (divided !== undefined) this.judge.learnDivided(divided);
    const seen = this.machine.load(plan);
    const spec = (): Specification | undefined => after(plan, seen, new Spec(flavourOfDesign(design)));
    this.judge.learn(plan, design.kind === 'intended' ? spec : undefined);
  }

  begin(): void {
    this.judge.begin();
  }

  /** What is wrong with the schedule that has just been run, and ended so. */
  failureOf(end: number): RaceFailure | undefined {
    switch (end) {
      case FAILED:
        return this.judge.failure();
      case DEADLOCK:
        return deadlock(this.machine, this.steps);
      case ENDLESS:
        return endless();
      case REDUNDANT:
        return undefined;
      default:
        return this.judge.atEnd();
    }
  }
}

/** The specification when it has seen the prefix; undefined where it rejects it. */
function after(plan: RacePlan, seen: readonly Int32Array[], spec: Spec): Spec | undefined {
  spec.reset(plan.env);
  const accepted = seen.every((obs, i) => spec.accept(plan.prefix, i * OP_WIDTH, obs) === ACCEPTED);
  return accepted ? spec : undefined;
}
