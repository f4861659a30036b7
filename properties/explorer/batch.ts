import type { Seen } from './differences.js';
import type { NotFollowed } from './exploration.js';

/** A state and an operation in it. */
export interface Place {
  readonly state: number;
  readonly operation: number;
}

/** What it came to when every operation was done in some states, one after the other. As data: threads send it. */
export interface Batch {
  /** The first of the states. */
  readonly from: number;
  /** The first one after them. */
  readonly to: number;
  /** States that the store did not have, each once, in the order in which they were come to: see `StateStore.insert`. */
  readonly candidates: Int32Array;
  readonly transitions: number;
  readonly skipped: number;
  readonly notFollowed: NotFollowed;
  readonly outcomes: readonly (readonly [number, number])[];
  readonly differences: readonly (readonly [string, Seen])[];
  /** By side and number of the invariant: times that it had something to look at. */
  readonly applied: readonly Float64Array[];
  /** Where a rule was broken: nothing was done after that. */
  readonly found?: Place;
}
