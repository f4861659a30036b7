import { OP } from '../alphabet/operations.js';
import { cellOf, unmapRange } from './cells.js';
import { ENOMEM } from './errors.js';
import { RULE } from './rules.js';
import { ARMED, type State } from './state.js';

/**
 * Whether the operation may have met the failure that `inject` armed: it answers ENOMEM, and it is one that
 * allocates.
 */
export function mayHaveFailed(s: State, kind: number): boolean {
  if (s.scalar[ARMED] === 0 || s.seen === null || s.seen[0] !== ENOMEM) return false;
  return kind === OP.open || kind === OP.mmap;
}

/**
 * The operation would have succeeded but for an allocation: all is as before (the caller has restored it), but
 * that a MAP_FIXED range is unmapped before the file is asked, and stays so.
 */
export function failedAllocation(s: State, p: number, ops: Int32Array, at: number): number {
  s.rule = RULE.injected;
  if (ops[at] === OP.mmap) unmapRange(s, p, cellOf(p, ops[at + 3]), cellOf(p, ops[at + 3]) + ops[at + 4]);
  return ENOMEM;
}
