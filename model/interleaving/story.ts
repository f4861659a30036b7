import type { RacePlan } from './plan.js';

/** One step of a schedule, as it is told. */
export interface RaceStep {
  readonly task: number;
  /** Number of the operation in its task. */
  readonly operation: number;
  /** The call that it goes on from, or undefined: it begins the operation. */
  readonly call?: string;
  /** Where that is in the source: "model/perf/event.ts:92". */
  readonly at?: string;
  /** Locks that the task holds after it, by number in `RaceStory.locks`. */
  readonly holds: readonly number[];
  /** The status of the operation, if it ended. */
  readonly status?: number;
}

/** What was searched for the same failure in something smaller, and not found. */
export interface RaceCertificate {
  /** In no plan that is a part of this one, whatever the schedule. */
  readonly parts: boolean;
  /** In no schedule of this plan with fewer context switches. */
  readonly switches: boolean;
  /** In no plan of two named actions that has fewer operations, whatever the schedule. */
  readonly named: boolean;
  /** Plans, and classes of their schedules; and schedules with fewer switches. */
  readonly plans: number;
  readonly classes: number;
  readonly schedules: number;
  /** Why the rest was not proven, in a few words. */
  readonly reason?: string;
}

/** A schedule with something wrong, and the nearest with nothing wrong. */
export interface RaceStory {
  readonly system: string;
  /** Id of what is broken, what it says in one sentence, and where it is broken in one line. */
  readonly rule: string;
  readonly text: string;
  readonly detail: string;
  /** It shows when all is over only, or when nothing can go on. */
  readonly atEnd: boolean;
  readonly plan: RacePlan;
  readonly steps: readonly RaceStep[];
  /** Names of locks: "mmap_mutex of event 0". */
  readonly locks: readonly string[];
  /** Tasks that wait when it ends, with the number of the lock. */
  readonly waiting: readonly { readonly task: number; readonly lock: number }[];
  /** A schedule that passes and has as long a beginning in common with this one as can be. */
  readonly passing?: readonly RaceStep[];
  /** Operations and context switches before shrinking, and schedules that shrinking took. */
  readonly shrunk?: {
    readonly operations: number;
    readonly switches: number;
    readonly schedules: number;
  };
  readonly certificate?: RaceCertificate;
  readonly token: string;
}
