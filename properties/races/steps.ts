import type { Footprints } from './footprints.js';

/** Tasks that can be run a step at a time, again and again from the same state: what a scheduler needs to know of them. */
export interface Steps {
  readonly tasks: number;
  readonly footprints: Footprints;
  /** Back to where the tasks begin. */
  begin(): void;
  /** The task has done all that it had to do. */
  over(task: number): boolean;
  /** It is not over, and nothing that it waits for is held. */
  enabled(task: number): boolean;
  /** Do one step of a task that is enabled. @returns the number of its footprint */
  step(task: number): number;
  /** As `step`, when its footprint is known already: the same tasks stepped in the same order before. */
  again(task: number, footprint: number): void;
  /** The footprint of taking what a task that is not enabled waits for. */
  waiting(task: number): number;
  /** Something is wrong already: there is no need to go on. */
  readonly failed: boolean;
}
