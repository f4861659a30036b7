import { type Executed, execute, type Runnable, switches, undisturbed } from './execute.js';

/** What a switch of tasks costs: every one, or only those away from a task that could have gone on. */
export type Cost = 'switches' | 'preemptions';

/** A choice that was made, and what else there was. */
interface Choice {
  readonly task: number;
  readonly others: number[];
  /** What the schedule has cost before it. */
  readonly spent: number;
  readonly last: number;
  readonly couldGoOn: boolean;
}

/** Every schedule within a bound of switches (iterative context bounding: Musuvathi, Qadeer, PLDI 2007), one after the other. */
export class Bounded {
  schedules = 0;
  readonly #race: Runnable;
  readonly #bound: number;
  readonly #cost: Cost;
  #path: Choice[] = [];
  #begun = false;

  constructor(race: Runnable, bound: number, cost: Cost) {
    this.#race = race;
    this.#bound = bound;
    this.#cost = cost;
  }

  /** Run the next one. @returns undefined: there is none left */
  next(onStep?: (task: number) => void): Executed | undefined {
    for (;;) {
      if (this.#begun && !this.#backtrack()) return undefined;
      this.#begun = true;
      const executed = execute(
        this.#race,
        (enabled, last, depth) => this.#choose(enabled, last, depth),
        onStep,
      );
      // A task that cannot go on makes way for another, whatever the bound: such a schedule is beyond it.
      if (this.#cost === 'switches' && switches(executed.schedule) > this.#bound) continue;
      this.schedules++;
      return executed;
    }
  }

  #choose(enabled: readonly number[], last: number, depth: number): number {
    if (depth < this.#path.length) return this.#path[depth].task;
    const before = this.#path.at(-1);
    const spent = before === undefined ? 0 : before.spent + this.#price(before.task, before);
    const couldGoOn = enabled.includes(last);
    const task = undisturbed(enabled, last, depth);
    this.#path.push({ task, others: enabled.filter((t) => t !== task), spent, last, couldGoOn });
    return task;
  }

  /** What it costs to choose this task. */
  #price(task: number, { last, couldGoOn }: Choice): number {
    if (last < 0 || task === last) return 0;
    return this.#cost === 'switches' || couldGoOn ? 1 : 0;
  }

  #backtrack(): boolean {
    for (let choice = this.#path.pop(); choice !== undefined; choice = this.#path.pop()) {
      const { others, spent } = choice;
      for (let task = others.shift(); task !== undefined; task = others.shift()) {
        if (spent + this.#price(task, choice) > this.#bound) continue;
        this.#path.push({ ...choice, task });
        return true;
      }
    }
    return false;
  }
}
