import type { Design } from '../../model/designs/design.js';
import type { Derived } from '../../model/interleaving/derived.js';
import type { RacePlan } from '../../model/interleaving/plan.js';
import { Bounded } from './bounded.js';
import { type Executed, execute, following } from './execute.js';
import { MAX_STEPS } from './history.js';
import { Hunt } from './hunt.js';
import { Race } from './race.js';
import { raceClass } from './race-failure.js';
import type { FoundRace } from './search.js';
import { withoutOne } from './smaller-plans.js';

/** Schedules that are tried to find whether a smaller plan still fails, and, of each number of switches, whether one fails, at most. */
const TRIES = 20_000;

/** A race made small. */
export interface ShrunkRace {
  readonly plan: RacePlan;
  readonly executed: Executed;
  /** Schedules that were run for it. */
  readonly schedules: number;
}

/** Leaves out operations, then switches of tasks, as long as the same failure shows (see `raceClass`). Deterministic. */
export class RaceShrinker {
  readonly #derived: Derived;
  readonly #design: Design;

  constructor(derived: Derived, design: Design) {
    this.#derived = derived;
    this.#design = design;
  }

  shrink({ plan: { plan }, schedule, failure }: FoundRace): ShrunkRace {
    const wanted = raceClass(failure);
    const hunt = new Hunt(this.#derived, this.#design, wanted);
    let smallest: Failing = { plan, schedule };
    for (let smaller = smallerThan(plan, hunt); smaller !== undefined; ) {
      smallest = smaller;
      smaller = smallerThan(smallest.plan, hunt);
    }
    const race = new Race(this.#derived, this.#design, smallest.plan);
    const [fewest, tried] = fewestSwitches(race, wanted);
    // Where too many schedules are possible, the one that was found stays.
    const executed = fewest ?? execute(race, following(smallest.schedule));
    return { plan: smallest.plan, executed, schedules: hunt.schedules + tried };
  }
}

interface Failing {
  readonly plan: RacePlan;
  readonly schedule: readonly number[];
}

/** The first plan with an operation less that fails so. */
function smallerThan(plan: RacePlan, hunt: Hunt): Failing | undefined {
  for (const smaller of withoutOne(plan)) {
    let tries = TRIES;
    for (const schedule of hunt.schedulesOf(smaller)) {
      if (schedule !== undefined) return { plan: smaller, schedule };
      if (--tries === 0) break;
    }
  }
  return undefined;
}

/** @returns the schedule with the fewest switches that fails so, unless there are too many to try, and how many were tried */
function fewestSwitches(race: Race, wanted: string): readonly [Executed | undefined, number] {
  let tried = 0;
  for (let bound = 0; bound < MAX_STEPS; bound++) {
    const bounded = new Bounded(race, bound, 'switches');
    for (let executed = bounded.next(); executed !== undefined; executed = bounded.next()) {
      tried++;
      if (executed.failure !== undefined && raceClass(executed.failure) === wanted) return [executed, tried];
      if (bounded.schedules > TRIES) return [undefined, tried];
    }
  }
  return [undefined, tried];
}
