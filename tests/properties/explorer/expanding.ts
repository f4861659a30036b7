// An expander, state by state.
import { advance } from '#model/designs/advance';
import type { Batch } from '#properties/explorer/batch';
import type { Bounds } from '#properties/explorer/bounds';
import { OutcomeCounts } from '#properties/explorer/counts';
import { Expander } from '#properties/explorer/expander';
import type { Question } from '#properties/explorer/question';
import { CANDIDATE_HEAD } from '#properties/explorer/state-store';
import { FIVE } from './tiny.js';

export const NOTHING = { beyond: 0, bound: 0, open: 0, irregular: 0, parted: 0 };

/** Put what is new into the store. @returns for each the heads of the candidates, and how many ints they have */
export function keep({ store }: Expander, { candidates }: Batch): number[][] {
  const heads: number[][] = [];
  for (let at = 0; at < candidates.length; ) {
    heads.push([...candidates.subarray(at, at + CANDIDATE_HEAD)]);
    at = store.insert(candidates, at);
  }
  return heads;
}

export function started(more: Partial<Question> = {}): Expander {
  const expander = new Expander({ design: advance, bounds: FIVE, symmetry: false, ...more });
  keep(expander, expander.start(0));
  return expander;
}

/** Do all operations in the states before `to`, one after the other. @returns the last batch */
export function upTo(expander: Expander, to: number): Batch {
  let batch = expander.expand(0, 1, 0);
  keep(expander, batch);
  for (let state = 1; state < to; state++) {
    batch = expander.expand(state, state + 1, 0);
    keep(expander, batch);
  }
  return batch;
}

/** Every transition of a state, and the batch. */
export function told(expander: Expander, state: number, to = state + 1): [number[][], Batch] {
  const notes: number[][] = [];
  const batch = expander.expand(state, to, 0, (...note) => notes.push(note));
  return [notes, batch];
}

export function outcomesOf({ outcomes }: Batch): string[] {
  const counts = new OutcomeCounts();
  counts.merge(outcomes);
  return counts.list().map(({ op, outcome, count }) => `${op} ${outcome} ${count}`);
}

/** `FIVE` with more operations. */
export const withMore = (...operations: Bounds['operations']): Bounds => ({
  ...FIVE,
  operations: [...FIVE.operations, ...operations],
});
