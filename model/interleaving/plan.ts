import type { Env } from '../alphabet/system.js';

/** What is run beside each other: a sequence to begin with, then tasks of a few operations each. */
export interface RacePlan {
  readonly env: Env;
  /** Packed operations, one after the other. */
  readonly prefix: Int32Array;
  /** Packed operations of each task, all by one process; tasks of the same process are its threads. */
  readonly tasks: readonly Int32Array[];
}

/** Tasks beside each other, at most. */
export const MAX_TASKS = 3;
/** Operations of a task, at most. */
export const MAX_TASK_OPERATIONS = 8;
