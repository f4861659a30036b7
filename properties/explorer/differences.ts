import {
  OBS_VIEW,
  OK,
  obsWidth,
  VIEW_PGOFF_SHIFT,
  VIEW_RSS_SHIFT,
} from '../../model/alphabet/observations.js';
import { OP, OP_NAMES } from '../../model/alphabet/operations.js';
import { statusName } from '../../model/trace/observation-json.js';
import type { Side } from './side.js';

/** A kind of difference, and where it was first seen. */
export interface Seen {
  readonly kind: number;
  readonly outcomes: readonly [string, string];
  /** In what they differ beside the outcome: `value`, the bits of the view that differ, or nothing. */
  readonly what: string;
  readonly state: number;
  readonly operation: number;
  count: number;
}

const FLAGS = (1 << VIEW_PGOFF_SHIFT) - 1;

/** In which bits two views of `maps` differ, over all pages; Rss counts as one bit. */
function differingBits(one: Int32Array, other: Int32Array, width: number): number {
  let bits = 0;
  for (let i = OBS_VIEW; i < width; i++) bits |= one[i] ^ other[i];
  return (bits & FLAGS) | (bits >>> VIEW_RSS_SHIFT === 0 ? 0 : 1 << VIEW_RSS_SHIFT);
}

/** The kinds of differences between what two designs show. */
export class Differences {
  readonly #sides: readonly Side[];
  readonly #seen = new Map<string, Seen>();

  constructor(sides: readonly Side[]) {
    this.#sides = sides;
  }

  /** Compare what the sides have answered to the operation. @returns whether their outcomes differ, so that they part */
  compare(kind: number, state: number, operation: number): boolean {
    const [one, other] = [this.#sides[0].lockstep.obs, this.#sides[1].lockstep.obs];
    // A view comes with success only.
    const width = one[0] === OK && other[0] === OK ? obsWidth(kind) : 2;
    let same = true;
    for (let i = 0; i < width && same; i++) same = one[i] === other[i];
    if (same) return false;
    const parts = one[0] !== other[0];
    const view = parts || kind !== OP.maps ? '' : `view ${differingBits(one, other, width).toString(2)}`;
    const what = parts ? '' : view === '' ? 'value' : view;
    const key = `${kind} ${one[0]} ${other[0]} ${what}`;
    const seen = this.#seen.get(key);
    if (seen !== undefined) seen.count++;
    else {
      const outcomes = [String(statusName(one[0])), String(statusName(other[0]))] as const;
      this.#seen.set(key, { kind, outcomes, what, state, operation, count: 1 });
    }
    return parts;
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

/** The name of the operation that a difference is about. */
export const operationOf = ({ kind }: Seen): string => OP_NAMES[kind];
