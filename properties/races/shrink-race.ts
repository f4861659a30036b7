import type { Design } from '../../model/designs/design.js';
import type { Derived } from '../../model/interleaving/derived.js';
import type { RacePlan } from '../../model/interleaving/plan.js';
import { Bounded } from './bounded.js';
import { type Executed, execute, following, switches } from './execute.js';
import { Hunt } from './hunt.js';
import type { NamedPlan } from './plans.js';
import { Race } from './race.js';
import { raceClass } from './race-failure.js';
import type { FoundRace } from './search.js';
import { withoutOne } from './smaller-plans.js';

/** Schedules that are tried to find whether a smaller plan still fails, and, of each number of switches, whether one fails, at most. */
const TRIES = 20_000;

/** A race in a plan, whether that has a name or not. */
export type RaceOfPlan = Omit<FoundRace, 'plan'> & { readonly plan: Pick<NamedPlan, 'plan'> };

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
  readonly #tries: number;

  constructor(derived: Derived, design: Design, tries = TRIES) {
    this.#derived = derived;
    this.#design = design;
    this.#tries = tries;
  }

  shrink({ plan: { plan }, schedule, failure }: RaceOfPlan): ShrunkRace {
    const wanted = raceClass(failure);
    const hunt = new Hunt(this.#derived, this.#design, wanted);
    let smallest: Failing = { plan, schedule };
    for (let smaller = this.#smallerThan(plan, hunt); smaller !== undefined; ) {
      smallest = smaller;
      smaller = this.#smallerThan(smallest.plan, hunt);
    }
    const race = new Race(this.#derived, this.#design, smallest.plan);
    const [fewest, tried] = this.#fewestSwitches(race, wanted, switches(smallest.schedule));
    // Where too many schedules are possible, the one that was found stays.
    const executed = fewest ?? execute(race, following(smallest.schedule));
    return { plan: smallest.plan, executed, schedules: hunt.schedules + tried };
  }

  /** The first plan with an operation less that fails so. */
  #smallerThan(plan: RacePlan, hunt: Hunt): Failing | undefined {
    for (const smaller of withoutOne(plan)) {
      let tries = this.#tries;
      for (const schedule of hunt.schedulesOf(smaller)) {
        if (schedule !== undefined) return { plan: smaller, schedule };
        if (--tries === 0) break;
      }
    }
    return undefined;
  }

  /**
   * @param most switches of a schedule that fails so
   * @returns the first schedule with the fewest switches that fails so, unless there are too many to try, and how many were tried
   */
  #fewestSwitches(race: Race, wanted: string, most: number): readonly [Executed | undefined, number] {
    let tried = 0;
    for (let bound = 0; bound <= most; bound++) {
      const bounded = new Bounded(race, bound, 'switches');
      for (let executed = bounded.next(); executed !== undefined; executed = bounded.next()) {
        tried++;
        if (executed.failure !== undefined && raceClass(executed.failure) === wanted)
          return [executed, tried];
        if (bounded.schedules > this.#tries) return [undefined, tried];
      }
    }
    return [undefined, tried];
  }
}

interface Failing {
  readonly plan: RacePlan;
  readonly schedule: readonly number[];
}
