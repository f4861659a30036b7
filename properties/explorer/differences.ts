import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OK, obsWidth } from '../../model/alphabet/observations.js';
import { statusName } from '../../model/trace/observation-json.js';
import { operationToJson } from '../../model/trace/operation-json.js';
import { differingParts } from './parts.js';
import type { Side } from './side.js';

/** A kind of difference, and where it was first seen. */
export interface Seen {
  /** The operation, with what it chooses among: `madvise DONTNEED`. */
  readonly name: string;
  readonly outcomes: readonly [string, string];
  /** The part of the observation that differs, see `DifferingPart`. */
  readonly what: string;
  readonly state: number;
  readonly operation: number;
  count: number;
}

/** An operation without what can be exchanged or is a size: its kind, and which advice, word, scope or mode it names. */
function nameOf(ops: Int32Array, at: number): string {
  const named = Object.values(operationToJson(ops, at)).filter((value) => typeof value === 'string');
  return named.join(' ');
}

/** Whether the first `width` ints are not the same. */
function differ(one: Int32Array, other: Int32Array, width: number): boolean {
  for (let i = 0; i < width; i++) if (one[i] !== other[i]) return true;
  return false;
}

/**
 * The kinds of differences between what two designs show. Of one kind are those of the same operation, with the same outcomes, in the
 * same part of the observation, where the two specifications asked for the same variation points.
 */
export class Differences {
  readonly #sides: readonly Side[];
  readonly #ops: Int32Array;
  readonly #names: readonly string[];
  /** The variation points on which the sides differ. */
  readonly #differing: number;
  readonly #seen = new Map<string, Seen>();

  /** @param ops the operations of the search, by number */
  constructor(sides: readonly Side[], ops: Int32Array) {
    this.#sides = sides;
    this.#ops = ops;
    this.#differing = sides.reduce((bits, { subject }) => bits ^ subject.flavour, 0);
    this.#names = Array.from({ length: ops.length / OP_WIDTH }, (_, i) => nameOf(ops, i * OP_WIDTH));
  }

  /** Compare what the sides have answered to the operation. @returns whether their outcomes differ, so that they part */
  compare(state: number, operation: number): boolean {
    const kind = this.#ops[operation * OP_WIDTH];
    const [one, other] = [this.#sides[0].lockstep.obs, this.#sides[1].lockstep.obs];
    // A view comes with success only.
    if (!differ(one, other, one[0] === OK ? obsWidth(kind) : 2)) return false;
    const asked =
      this.#differing & (this.#sides[0].lockstep.consulted() | this.#sides[1].lockstep.consulted());
    for (const { what } of differingParts(kind, one, other)) this.#count(state, operation, what, asked);
    return one[0] !== other[0];
  }

  #count(state: number, operation: number, what: string, asked: number): void {
    const [one, other] = this.#sides.map(({ lockstep }) => lockstep.obs[0]);
    const name = this.#names[operation];
    const key = `${name} ${one} ${other} ${what} ${asked}`;
    const seen = this.#seen.get(key);
    if (seen !== undefined) {
      seen.count++;
      return;
    }
    const outcomes = [String(statusName(one)), String(statusName(other))] as const;
    this.#seen.set(key, { name, outcomes, what, state, operation, count: 1 });
  }

  /** In the order in which they were first seen. */
  list(): Seen[] {
    return [...this.#seen.values()];
  }

  /** As they were listed, in the midst of a search. */
  save(): (readonly [string, Seen])[] {
    return [...this.#seen];
  }

  load(saved: readonly (readonly [string, Seen])[]): void {
    this.#seen.clear();
    this.merge(saved);
  }

  /** Add what was seen after all that is known here. */
  merge(saved: readonly (readonly [string, Seen])[]): void {
    for (const [key, seen] of saved) {
      const known = this.#seen.get(key);
      if (known === undefined) this.#seen.set(key, { ...seen });
      else known.count += seen.count;
    }
  }
}
