import { FDS } from '../alphabet/bounds.js';
import { INJECT_ALLOC } from '../alphabet/operands.js';
import { OP } from '../alphabet/operations.js';
import { cellOf, unmapRange } from './cells.js';
import { charge } from './charge.js';
import { ENOMEM } from './errors.js';
import { FINDING } from './findings.js';
import { RULE } from './rules.js';
import { ARMED, NONE, type State, side } from './state.js';
import { VP } from './variation-points.js';

/** Whether the operation is one whose allocations the failure that `inject` armed may meet. */
export function mayMeetFailure(s: State, ops: Int32Array, at: number): boolean {
  const armed = s.scalar[ARMED];
  const kind = ops[at];
  if (armed === 0) return false;
  if (armed === 1 + INJECT_ALLOC) return kind === OP.open || kind === OP.mmap;
  return kind === OP.mmap && ops[at + 2] >= 0 && side(s, VP.tablesMadeByMmap);
}

/**
 * The operation would have succeeded but for an allocation: all is as before (the caller has restored it), but
 * that a MAP_FIXED range is unmapped before the file is asked, and stays so.
 */
export function failedAllocation(s: State, p: number, ops: Int32Array, at: number): number {
  s.rule = RULE.injected;
  if (ops[at] === OP.mmap) failMmap(s, p, ops, at);
  return ENOMEM;
}

function failMmap(s: State, p: number, ops: Int32Array, at: number): void {
  const first = cellOf(p, ops[at + 3]);
  const npages = ops[at + 4];
  unmapRange(s, p, first, first + npages);
  const fd = ops[at + 2];
  const b = fd < 0 ? NONE : s.eventBuffer[s.fdEvent[p * FDS + fd]];
  if (b === NONE || (ops[at + 7] !== 0 && s.auxPages[b] === 0)) return;
  // Where a further mapping is charged, it is before its pages are mapped, and no failure takes that back.
  if (side(s, FINDING.secondMappingCharged)) charge(s, p, npages, 0);
}
