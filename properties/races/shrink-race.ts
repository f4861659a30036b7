import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { Design } from '../../model/designs/design.js';
import type { Derived } from '../../model/interleaving/derived.js';
import type { RacePlan } from '../../model/interleaving/plan.js';
import { Bounded } from './bounded.js';
import { Dpor } from './dpor.js';
import { type Executed, execute, following } from './execute.js';
import { Race } from './race.js';
import type { FoundRace } from './search.js';

/** Schedules that are tried to find whether a smaller plan still fails, and to find a schedule with fewer switches, at most. */
const TRIES = 20_000;

/** A race made small. */
export interface ShrunkRace {
  readonly plan: RacePlan;
  readonly executed: Executed;
  /** Schedules that were run for it. */
  readonly schedules: number;
  /** No operation can be left out, and no schedule with fewer switches fails so: each was tried. */
  readonly certified: boolean;
}

/** Leaves out operations, then switches of tasks, as long as the same rule stays broken. */
export class RaceShrinker {
  readonly #derived: Derived;
  readonly #design: Design;
  #schedules = 0;
  #certified = true;

  constructor(derived: Derived, design: Design) {
    this.#derived = derived;
    this.#design = design;
  }

  shrink({ plan: { plan }, schedule, failure }: FoundRace): ShrunkRace {
    let smallest = plan;
    for (let smaller = this.#smaller(plan, failure.rule); smaller !== undefined; ) {
      smallest = smaller;
      smaller = this.#smaller(smallest, failure.rule);
    }
    const race = new Race(this.#derived, this.#design, smallest);
    const executed = this.#fewestSwitches(race, failure.rule) ?? execute(race, following(schedule));
    return { plan: smallest, executed, schedules: this.#schedules, certified: this.#certified };
  }

  #smaller(plan: RacePlan, rule: string): RacePlan | undefined {
    const parts = [plan.prefix, ...plan.tasks];
    for (let part = 0; part < parts.length; part++) {
      for (let at = 0; at < parts[part].length; at += OP_WIDTH) {
        // A task without operations is none.
        if (part > 0 && parts[part].length === OP_WIDTH && plan.tasks.length <= 2) continue;
        const [prefix, ...tasks] = parts.map((ops, i) => (i === part ? without(ops, at) : ops));
        const smaller = { ...plan, prefix, tasks: tasks.filter(({ length }) => length > 0) };
        if (this.#fails(smaller, rule)) return smaller;
      }
    }
    return undefined;
  }

  #fails(plan: RacePlan, rule: string): boolean {
    const race = this.#race(plan);
    if (race === undefined || race.judge.unfit !== undefined || race.judge.brokenAnyway.has(rule))
      return false;
    const dpor = new Dpor(race.steps);
    for (let n = 0; n < TRIES; n++) {
      race.judge.begin();
      const end = dpor.next();
      if (end === undefined) return false;
      this.#schedules++;
      if (race.failureOf(end)?.rule === rule) return true;
    }
    this.#certified = false;
    return false;
  }

  /** A plan whose beginning is not as the specification wants it is none. */
  #race(plan: RacePlan): Race | undefined {
    try {
      return new Race(this.#derived, this.#design, plan);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  #fewestSwitches(race: Race, rule: string): Executed | undefined {
    for (let bound = 0; this.#schedules < 4 * TRIES; bound++) {
      const bounded = new Bounded(race, bound, 'switches');
      for (let executed = bounded.next(); executed !== undefined; executed = bounded.next()) {
        this.#schedules++;
        if (executed.failure?.rule === rule) return executed;
        if (bounded.schedules > TRIES) break;
      }
    }
    this.#certified = false;
    return undefined;
  }
}

function without(ops: Int32Array, at: number): Int32Array {
  return Int32Array.from([...ops.subarray(0, at), ...ops.subarray(at + OP_WIDTH)]);
}

/**
 * A schedule that passes and begins like the failing one for as long as can be: the last step at which another choice, followed by few
 * switches, helps.
 */
export function nearestPassing(race: Race, failing: readonly number[]): readonly number[] | undefined {
  for (let at = failing.length - 1; at >= 0; at--) {
    for (let task = 0; task < race.steps.tasks; task++) {
      if (task === failing[at]) continue;
      const { schedule, failure } = execute(race, following([...failing.slice(0, at), task]));
      if (failure === undefined && schedule[at] === task) return schedule;
    }
  }
  return undefined;
}
