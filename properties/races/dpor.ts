import { NO_LOCK } from './footprints.js';
import { History, MAX_STEPS } from './history.js';
import type { Steps } from './steps.js';
import { type Wakeup, WakeupSequence } from './wakeup-tree.js';

/** How a schedule ended. */
export const COMPLETE = 0;
/** Tasks wait for each other, or for themselves. */
export const DEADLOCK = 1;
/** The steps told of a failure. */
export const FAILED = 2;
/** More steps than any run of these tasks should take. */
export const ENDLESS = 3;
/** All that could go on has been explored elsewhere: a schedule for nothing. */
export const REDUNDANT = 4;

const AWAKE = -1;

/**
 * Dynamic partial-order reduction with wakeup trees (Optimal-DPOR: Abdulla, Aronis, Jonsson, Sagonas, POPL 2014): one schedule of each
 * class, where schedules are of one class if they differ in the order of independent steps only. Locks are as there in section 6 of
 * the journal version: two steps that take one lock race, a step that gives it back races with none.
 */
export class Dpor {
  readonly history: History;
  /** Schedules that ended by themselves: as many classes were seen. */
  classes = 0;
  /** Schedules that were run for nothing. */
  redundant = 0;
  /** Steps taken, those of prefixes that were run again among them. */
  steps = 0;
  readonly #steps: Steps;
  /** By depth: the footprint of the next step of each task that need not be tried, or AWAKE. */
  readonly #sleep: Int32Array;
  readonly #trees: Wakeup[][] = [[]];
  readonly #sequence = new WakeupSequence();
  #begun = false;

  constructor(steps: Steps) {
    this.#steps = steps;
    this.history = new History(steps);
    this.#sleep = new Int32Array((MAX_STEPS + 1) * steps.tasks).fill(AWAKE);
  }

  /** Begin anew: the same classes again, with nothing allocated for it. */
  restart(): void {
    this.history.cut(0);
    this.#trees.length = 0;
    this.#trees.push([]);
    this.#sleep.fill(AWAKE, 0, this.#steps.tasks);
    this.classes = 0;
    this.redundant = 0;
    this.steps = 0;
    this.#begun = false;
  }

  /** Run the next schedule. @param onStep is called before each step that was not taken before @returns how it ended, or undefined: every class has been seen */
  next(onStep?: (task: number) => void): number | undefined {
    const { history } = this;
    const steps = this.#steps;
    if (this.#begun) {
      const kept = this.#backtrack();
      if (kept < 0) return undefined;
      history.cut(kept);
    }
    this.#begun = true;
    steps.begin();
    for (let k = 0; k < history.length; k++) steps.again(history.task[k], history.footprint[k]);
    const end = this.#go_on(onStep);
    this.steps += history.length;
    if (end === REDUNDANT) this.redundant++;
    else {
      this.classes++;
      this.#reverse_races();
    }
    return end;
  }

  #go_on(onStep?: (task: number) => void): number {
    const { history } = this;
    const steps = this.#steps;
    for (;;) {
      const depth = history.length;
      if (depth >= MAX_STEPS - steps.tasks) return ENDLESS;
      const tree = this.#trees[depth];
      const wakeup = tree.shift();
      const task = wakeup === undefined ? this.#choose(depth) : wakeup.task;
      if (task < 0) return this.#ended(task);
      onStep?.(task);
      const footprint = steps.step(task);
      history.append(task, footprint);
      this.#trees[depth + 1] = wakeup?.children ?? [];
      this.#pass_sleep(depth, footprint);
      if (steps.failed) return FAILED;
    }
  }

  /** A task to go on with where nothing is asked for: the last one if it can. @returns -1: none can; -2: none need */
  #choose(depth: number): number {
    const steps = this.#steps;
    const { tasks } = steps;
    const last = depth > 0 ? this.history.task[depth - 1] : 0;
    let asleep = false;
    for (let i = 0; i < tasks; i++) {
      const task = (last + i) % tasks;
      if (!steps.enabled(task)) continue;
      if (this.#sleep[depth * tasks + task] === AWAKE) return task;
      asleep = true;
    }
    return asleep ? -2 : -1;
  }

  #ended(choice: number): number {
    if (choice === -2) return REDUNDANT;
    const steps = this.#steps;
    let waits = false;
    for (let t = 0; t < steps.tasks; t++) {
      if (steps.over(t)) continue;
      this.history.waits(t, steps.waiting(t));
      waits = true;
      this.#reverse_races();
    }
    return waits ? DEADLOCK : COMPLETE;
  }

  #pass_sleep(depth: number, footprint: number): void {
    const { tasks, footprints } = this.#steps;
    const sleep = this.#sleep;
    for (let t = 0; t < tasks; t++) {
      const id = sleep[depth * tasks + t];
      const sleeps = id !== AWAKE && !footprints.dependent(id, footprint);
      sleep[(depth + 1) * tasks + t] = sleeps ? id : AWAKE;
    }
  }

  /** The last depth at which something is still to be tried. @returns -1: none */
  #backtrack(): number {
    const { history } = this;
    const { tasks } = this.#steps;
    for (let depth = history.length - 1; depth >= 0; depth--) {
      this.#sleep[depth * tasks + history.task[depth]] = history.footprint[depth];
      if (this.#trees[depth].length > 0) return depth;
    }
    return -1;
  }

  #reverse_races(): void {
    const { races } = this.history;
    for (let i = 0; i < races.length; i += 2) this.#reverse(races[i], races[i + 1]);
    races.length = 0;
  }

  /** See to it that the later step of a race is tried before the earlier one, after all that does not depend on that. */
  #reverse(earlier: number, later: number): void {
    const { tasks, footprints } = this.#steps;
    const sequence = this.#sequence;
    if (!this.#collect(earlier, later)) return;
    for (let t = 0; t < tasks; t++) {
      const id = this.#sleep[earlier * tasks + t];
      if (id !== AWAKE && sequence.canBeginWith(t, id, footprints)) return;
    }
    sequence.insertInto(this.#trees[earlier], footprints);
  }

  /** @returns whether the later step can then be taken: its lock is free, and nothing of its own task is left out before it */
  #collect(earlier: number, later: number): boolean {
    const { history } = this;
    const sequence = this.#sequence;
    const left = this.#left_out(earlier, later);
    if (left === undefined) return false;
    sequence.clear();
    for (let j = earlier + 1; j < history.length; j++) {
      if (!this.#after(left, j)) sequence.push(history.task[j], history.footprint[j]);
      else if (j < later && history.task[j] === history.task[later]) return false;
    }
    sequence.push(history.task[later], history.footprint[later]);
    return true;
  }

  /**
   * The steps that cannot come before the later one, each with all that happens after it: the earlier one, and those that take the
   * lock of the later one and would still hold it.
   */
  #left_out(earlier: number, later: number): number[] | undefined {
    const { history } = this;
    const { footprints } = this.#steps;
    const left = [earlier];
    const { takes, shared } = footprints.all[history.footprint[later]];
    if (takes === NO_LOCK) return left;
    const holders = new Map<number, number>();
    for (let again = true; again; ) {
      again = false;
      holders.clear();
      for (let j = 0; j < history.length; j++) {
        if (!this.#after(left, j)) this.#hold(holders, j, takes);
      }
      for (const j of holders.values()) {
        if (shared && footprints.all[history.footprint[j]].shared) continue;
        // Held already when the race begins.
        if (j < earlier) return undefined;
        left.push(j);
        again = true;
      }
    }
    return left;
  }

  /** Whether the step is one of these, or happens after one of them. */
  #after(left: readonly number[], step: number): boolean {
    return left.some((root) => this.history.before(root, step));
  }

  /** Follow who holds the lock: a step that takes it and touches it no more keeps it. */
  #hold(holders: Map<number, number>, j: number, lock: number): void {
    const { history } = this;
    const { footprints } = this.#steps;
    const id = history.footprint[j];
    if (!footprints.touches(id, lock)) return;
    const task = history.task[j];
    if (footprints.all[id].takes === lock && footprints.all[id].keeps) holders.set(task, j);
    else holders.delete(task);
  }
}
