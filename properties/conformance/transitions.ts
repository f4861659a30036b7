import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { BOUND, OK, SKIP } from '../../model/alphabet/observations.js';
import type { OnTransition } from '../explorer/question.js';

/** A state, and operations that were done one after the other in it. */
export interface Steps {
  readonly state: number;
  readonly operations: readonly number[];
}

/** An operation that leads to a state. */
interface Arrival {
  readonly state: number;
  readonly operation: number;
}

/** Between two numbers that share a key. */
const FIELD = 1 << 18;
const LOWEST = 1 << 12;
/** Added to twice a kind: it did not succeed. */
const FAILED = 1;
/** More operations than any sequence has. */
const DEEPEST = 1 << 20;

/** A kind of operation and what it answered, as one number. */
const outcomeKey = (kind: number, status: number): number => kind * FIELD + LOWEST + status;
export const outcomeOfKey = (key: number): readonly [kind: number, status: number] => [
  Math.floor(key / FIELD),
  (key % FIELD) - LOWEST,
];

/** Two kinds of operation, one right after the other, as one number. */
const pairKey = (kind: number, next: number): number => kind * FIELD + next;
export const pairOfKey = (key: number): readonly [kind: number, next: number] => [
  Math.floor(key / FIELD),
  key % FIELD,
];

/**
 * Notes of a search where each kind of operation was first answered in each way, and which kinds can follow which. The search is
 * breadth first, so what is noted first is the shortest.
 */
export class Transitions {
  readonly #ops: Int32Array;
  readonly #outcomes = new Map<number, Steps>();
  /** By state: the first operation of each kind that led there, for those that succeeded and for those that failed. */
  readonly #arrivals: Map<number, Arrival>[] = [];
  /** By state: the first operation of each kind that did something there, in the same way. */
  readonly #departures: Map<number, number>[] = [];

  /** @param ops the bounded alphabet, packed */
  constructor(ops: Int32Array) {
    this.#ops = ops;
  }

  readonly note: OnTransition = (state, operation, status, next) => {
    const kind = this.#ops[operation * OP_WIDTH];
    if (status === BOUND) return;
    const outcome = outcomeKey(kind, status);
    if (!this.#outcomes.has(outcome)) this.#outcomes.set(outcome, { state, operations: [operation] });
    // What names something that is not there meets nothing.
    if (status === SKIP) return;
    const how = 2 * kind + (status === OK ? 0 : FAILED);
    const departures = at(this.#departures, state);
    if (!departures.has(how)) departures.set(how, operation);
    if (next < 0) return;
    const arrivals = at(this.#arrivals, next);
    if (!arrivals.has(how)) arrivals.set(how, { state, operation });
  };

  /** Each kind with each way in which it was answered, by `outcomeKey`. */
  outcomes(): ReadonlyMap<number, Steps> {
    return this.#outcomes;
  }

  /**
   * Each kind right after each other one, by `pairKey`. Of the sequences in which both do something one in which both succeed is
   * preferred, then a shorter one.
   * @param depthOf operations from the start to a state
   */
  pairs(depthOf: (state: number) => number): ReadonlyMap<number, Steps> {
    const pairs = new Map<number, Steps & { readonly rank: number }>();
    this.#arrivals.forEach((arrivals, met) => {
      const departures = this.#departures[met];
      if (departures === undefined) return;
      for (const [how, { state, operation }] of arrivals) {
        const depth = depthOf(state);
        for (const [next, last] of departures) {
          const key = pairKey(how >> 1, next >> 1);
          const rank = depth + ((how | next) & FAILED) * DEEPEST;
          if ((pairs.get(key)?.rank ?? Number.POSITIVE_INFINITY) <= rank) continue;
          pairs.set(key, { state, operations: [operation, last], rank });
        }
      }
    });
    return pairs;
  }
}

function at<V>(table: Map<number, V>[], index: number): Map<number, V> {
  let row = table[index];
  if (row === undefined) {
    row = new Map();
    table[index] = row;
  }
  return row;
}
