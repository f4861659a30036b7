import { type Executed, execute, type Runnable } from './execute.js';

/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010): random priorities, and `depth - 1` random
 * steps at which the task that runs falls behind all others. A failure that needs `depth` ordered pairs of steps is found by one
 * schedule with a probability of at least 1 / (n k^(depth-1)), for n tasks and k steps.
 */
export class Pct {
  schedules = 0;
  /** Steps of the longest schedule so far: k. */
  longest = 1;
  readonly #race: Runnable;
  readonly #depth: number;
  readonly #random: (below: number) => number;

  /** @param random a whole number from 0, below its argument */
  constructor(race: Runnable, depth: number, random: (below: number) => number) {
    this.#race = race;
    this.#depth = depth;
    this.#random = random;
  }

  next(onStep?: (task: number) => void): Executed {
    const { tasks } = this.#race.steps;
    // Higher goes first; those that fell behind are below all that did not.
    const priority = this.#shuffled(tasks).map((p) => p + this.#depth);
    const changes = Array.from({ length: this.#depth - 1 }, () => this.#random(this.longest));
    const choose = (enabled: readonly number[], _last: number, depth: number): number => {
      const first = (): number => enabled.reduce((best, t) => (priority[t] > priority[best] ? t : best));
      changes.forEach((at, i) => {
        if (at === depth) priority[first()] = i;
      });
      return first();
    };
    this.schedules++;
    const executed = execute(this.#race, choose, onStep);
    this.longest = Math.max(this.longest, executed.schedule.length);
    return executed;
  }

  /** The guaranteed probability that one schedule finds a failure of this depth. */
  get bound(): number {
    return 1 / (this.#race.steps.tasks * this.longest ** (this.#depth - 1));
  }

  #shuffled(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.#random(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}
