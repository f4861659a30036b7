import { COMPLETE, DEADLOCK, ENDLESS, FAILED } from './dpor.js';
import { MAX_STEPS } from './history.js';
import type { RaceFailure } from './race-failure.js';
import type { Steps } from './steps.js';

/** Tasks that can be scheduled, and judged when they were. */
export interface Runnable {
  readonly steps: Steps;
  /** The tasks begin anew. */
  begin(): void;
  /** What is wrong with the schedule that has just been run, and ended so (see dpor.ts). */
  failureOf(end: number): RaceFailure | undefined;
}

/** One schedule that was run: the task of each step, and what was wrong. */
export interface Executed {
  readonly schedule: readonly number[];
  readonly failure?: RaceFailure;
}

/** Which task goes on: one of those that can. `last`: the one that did the last step, or -1. */
export type Choose = (enabled: readonly number[], last: number, depth: number) => number;

/** Tasks that can go on. */
function enabledTasks(steps: Steps): number[] {
  const enabled: number[] = [];
  for (let t = 0; t < steps.tasks; t++) if (steps.enabled(t)) enabled.push(t);
  return enabled;
}

/** Run one schedule, and judge it. @param onStep is called before each step, and with -1 before it is judged */
export function execute(race: Runnable, choose: Choose, onStep?: (task: number) => void): Executed {
  const { steps } = race;
  race.begin();
  const schedule: number[] = [];
  let end = COMPLETE;
  for (;;) {
    const enabled = enabledTasks(steps);
    if (enabled.length === 0) {
      if (Array.from({ length: steps.tasks }, (_, t) => t).some((t) => !steps.over(t))) end = DEADLOCK;
      break;
    }
    const task = choose(enabled, schedule.at(-1) ?? -1, schedule.length);
    onStep?.(task);
    steps.step(task);
    schedule.push(task);
    if (steps.failed) end = FAILED;
    else if (schedule.length >= MAX_STEPS) end = ENDLESS;
    if (end !== COMPLETE) break;
  }
  onStep?.(-1);
  const failure = race.failureOf(end);
  return failure === undefined ? { schedule } : { schedule, failure };
}

/** Go on with the same task as long as it can, then with the first that can. */
export const undisturbed: Choose = (enabled, last) => (enabled.includes(last) ? last : enabled[0]);

/** Follow a schedule; where it says nothing, or what cannot be, go on undisturbed. */
export const following =
  (schedule: readonly number[]): Choose =>
  (enabled, last, depth) => {
    const said = schedule[depth];
    return enabled.includes(said) ? said : undisturbed(enabled, last, depth);
  };

/** Times that another task goes on than the one before. */
export function switches(schedule: readonly number[]): number {
  return schedule.reduce((count, task, i) => count + (i > 0 && task !== schedule[i - 1] ? 1 : 0), 0);
}
