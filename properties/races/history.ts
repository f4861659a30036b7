import type { Steps } from './steps.js';

/** Steps of one schedule, at most: more is taken for tasks that never end. */
export const MAX_STEPS = 1_000;

/**
 * One schedule: which task did each step, with which footprint, and what happens before what: clocks with one entry a task, the
 * number of its steps that are in the past.
 */
export class History {
  length = 0;
  readonly task = new Int32Array(MAX_STEPS);
  readonly footprint = new Int32Array(MAX_STEPS);
  /** Number of the step among its task's, from 1. */
  readonly nth = new Int32Array(MAX_STEPS);
  readonly #clocks: Int32Array;
  readonly #steps: Steps;
  /** The last step of each task, or -1; by `step * tasks + task` as it was before that step. */
  readonly #last: Int32Array;
  /** Pairs of steps that could come the other way round, found by `append`: earlier, later. */
  readonly races: number[] = [];
  readonly #clock: Int32Array;
  readonly #own: Int32Array;

  constructor(steps: Steps) {
    this.#steps = steps;
    this.#clocks = new Int32Array(MAX_STEPS * steps.tasks);
    this.#last = new Int32Array((MAX_STEPS + 1) * steps.tasks).fill(-1);
    this.#clock = new Int32Array(steps.tasks);
    this.#own = new Int32Array(steps.tasks);
  }

  /** Whether step `a` happens before step `b`. */
  before(a: number, b: number): boolean {
    return this.#clocks[b * this.#steps.tasks + this.task[a]] >= this.nth[a];
  }

  /** One step more. Its races with the steps before are added to `races`. */
  append(task: number, footprint: number): void {
    const { tasks } = this.#steps;
    const k = this.length;
    this.task[k] = task;
    this.footprint[k] = footprint;
    const previous = this.#last[k * tasks + task];
    this.nth[k] = previous < 0 ? 1 : this.nth[previous] + 1;
    this.#join(k, task, footprint, previous);
    for (let t = 0; t < tasks; t++) {
      this.#clocks[k * tasks + t] = this.#clock[t];
      this.#last[(k + 1) * tasks + t] = this.#last[k * tasks + t];
    }
    this.#clocks[k * tasks + task] = this.nth[k];
    this.#last[(k + 1) * tasks + task] = k;
    this.length = k + 1;
  }

  /** As `append` for a step that cannot be taken: only for its races. */
  waits(task: number, footprint: number): void {
    const { tasks } = this.#steps;
    const k = this.length;
    this.task[k] = task;
    this.footprint[k] = footprint;
    this.nth[k] = MAX_STEPS;
    this.#join(k, task, footprint, this.#last[k * tasks + task]);
    for (let t = 0; t < tasks; t++) this.#clocks[k * tasks + t] = this.#clock[t];
  }

  /** From the latest step to the first: what the new step depends on, and is not in its past already, races with it. */
  #join(k: number, task: number, footprint: number, previous: number): void {
    const { tasks, footprints } = this.#steps;
    const clock = this.#clock;
    const own = this.#own;
    for (let t = 0; t < tasks; t++) own[t] = clock[t] = previous < 0 ? 0 : this.#clocks[previous * tasks + t];
    let contended = false;
    for (let j = k - 1; j >= 0; j--) {
      const other = this.task[j];
      if (other === task) continue;
      const id = this.footprint[j];
      if (!footprints.dependent(id, footprint)) continue;
      const covered = clock[other] >= this.nth[j];
      if (footprints.contend(id, footprint)) {
        // The step before it that gave the lock back had to come first; the one that took it had not.
        if (!contended && own[other] < this.nth[j]) this.races.push(j, k);
        if (!footprints.all[id].shared) contended = true;
      } else if (!covered && footprints.conflicting(id, footprint)) this.races.push(j, k);
      if (covered) continue;
      for (let t = 0; t < tasks; t++) {
        const theirs = this.#clocks[j * tasks + t];
        if (theirs > clock[t]) clock[t] = theirs;
      }
    }
  }

  /** Forget what came after this many steps. */
  cut(length: number): void {
    this.length = length;
    this.races.length = 0;
  }

  /** The class of the schedule: schedules in which the same happens before the same have the same text. */
  classOf(): string {
    const { tasks } = this.#steps;
    const perTask: string[][] = Array.from({ length: tasks }, () => []);
    for (let k = 0; k < this.length; k++) {
      perTask[this.task[k]].push(this.#clocks.subarray(k * tasks, (k + 1) * tasks).join('.'));
    }
    return perTask.map((clocks) => clocks.join(' ')).join('|');
  }
}
