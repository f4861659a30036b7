import type { Design } from '../../model/designs/design.js';
import type { Bounds } from './bounds.js';
import type { Progress } from './exploration.js';

/** What a search is about: to resume one, all of it must be the same. */
export interface Question {
  readonly design: Design;
  /** Another design, to compare what both show; each is held to its own specification. */
  readonly against?: Design;
  readonly bounds: Bounds;
  /** Count states that differ in names alone as one. */
  readonly symmetry: boolean;
  /** Ids of the invariants that are asked, and `spec`; all when left out. */
  readonly only?: readonly string[];
  /** The one class of failures that counts, as `failureClass` names it: other failures end their sequences. All when left out. */
  readonly failure?: string;
}

/**
 * Is told every operation that was done in every state, in the order of the search.
 * @param state the number of the state that it was done in
 * @param operation the number of the operation in the bounded alphabet
 * @param status what it was answered
 * @param next the number of the state that it led to; below 0 when the search does not go on there
 */
export type OnTransition = (state: number, operation: number, status: number, next: number) => void;

/** When a search ends before it has closed. */
export interface Limits {
  /** Operations from the start. */
  readonly depth: number;
  /** Bytes of the set of states. */
  readonly bytes: number;
  readonly timeMs: number;
  /** Threads that work; 1 when left out. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Called about 40 times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called as often, when all that was done so far is known: a checkpoint can be made then. */
  readonly onPause?: () => void;
}
