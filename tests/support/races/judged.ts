import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import type { Machine } from '#model/interleaving/machine';
import type { RacePlan } from '#model/interleaving/plan';
import { Judge } from '#properties/races/judge';
import { MachineSteps } from '#properties/races/machine-steps';
import type { RaceFailure } from '#properties/races/race-failure';
import { type Beside, machineOf, type Program, planOf, type Task } from './programs.js';

/** Tasks of operations written by hand, and who judges them. */
export class Judged {
  readonly plan: RacePlan;
  readonly machine: Machine;
  readonly steps: MachineSteps;
  readonly judge: Judge;

  constructor(
    programs: readonly Program[],
    tasks: readonly Task[],
    beside: Beside = {},
    design: Design = advance,
  ) {
    this.plan = planOf(...tasks);
    this.machine = machineOf(programs, this.plan, beside, design);
    this.steps = new MachineSteps(this.machine);
    this.judge = new Judge(this.machine, this.steps);
  }

  /** As the constructor; what the operations give one after the other is learned. */
  static learned(...what: ConstructorParameters<typeof Judged>): Judged {
    const judged = new Judged(...what);
    judged.judge.learn(judged.plan);
    return judged;
  }

  /** Run these steps, of the task that each is named by. */
  along(schedule: string): void {
    this.judge.begin();
    for (const task of schedule) this.steps.step(Number(task));
  }

  /** What is wrong with a schedule of all steps. */
  verdict(schedule: string): RaceFailure | undefined {
    this.along(schedule);
    return this.judge.failure() ?? this.judge.atEnd();
  }
}
