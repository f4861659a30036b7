import type { Design } from '../../model/designs/design.js';
import type { Derived } from '../../model/interleaving/derived.js';
import type { RacePlan } from '../../model/interleaving/plan.js';
import { Dpor } from './dpor.js';
import { Race } from './race.js';
import { raceClass } from './race-failure.js';

/** Looks for one failure, as `raceClass` says it, in the classes of schedules of other plans. */
export class Hunt {
  /** Schedules that were run, one of each class. */
  schedules = 0;
  readonly #derived: Derived;
  readonly #design: Design;
  readonly #wanted: string;

  constructor(derived: Derived, design: Design, wanted: string) {
    this.#derived = derived;
    this.#design = design;
    this.#wanted = wanted;
  }

  /** A plan made ready, or undefined: it has too many orders of operations, or fails one operation after the other. */
  #ready(plan: RacePlan): Race | undefined {
    const race = this.#race(plan);
    return race === undefined || race.judge.unfit !== undefined ? undefined : race;
  }

  #race(plan: RacePlan): Race | undefined {
    try {
      return new Race(this.#derived, this.#design, plan);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /**
   * Run one schedule of each class after the other.
   * @returns each time the schedule if it fails so, which ends it
   */
  *schedulesOf(plan: RacePlan): Generator<readonly number[] | undefined, void, void> {
    const race = this.#ready(plan);
    if (race === undefined) return;
    const dpor = new Dpor(race.steps);
    for (;;) {
      race.begin();
      const end = dpor.next();
      if (end === undefined) return;
      this.schedules++;
      const failure = race.failureOf(end);
      const fails = failure !== undefined && raceClass(failure) === this.#wanted;
      const { task, length } = dpor.history;
      yield fails ? [...task.subarray(0, length)] : undefined;
      if (fails) return;
    }
  }
}
