import { MAX_OPERANDS, PROCS } from '../../model/alphabet/bounds.js';
import type { Domain } from '../../model/alphabet/operands.js';
import { OP, OP_NAMES, OPERATIONS } from '../../model/alphabet/operations.js';
import type { Draft } from './draft.js';

/** Least value of each operand, MAX_OPERANDS a kind. */
const LEAST = new Int32Array(OP_NAMES.length * MAX_OPERANDS);
/** Number of its values; those that a kind has not have one: 0. */
const VALUES = new Int32Array(OP_NAMES.length * MAX_OPERANDS).fill(1);

OP_NAMES.forEach((name, kind) => {
  const domains: Domain[] = Object.values(OPERATIONS[name].operands);
  domains.forEach(({ min, max }, i) => {
    LEAST[kind * MAX_OPERANDS + i] = min;
    VALUES[kind * MAX_OPERANDS + i] = max - min + 1;
  });
});

/**
 * Any operation of this kind by any process: every value of every operand has the same probability.
 * @param openFlags those of `open` that the System can have
 */
export function drawWild(draft: Draft, kind: number, openFlags: number): void {
  const { rng } = draft;
  draft.proc = rng.below(PROCS);
  const base = kind * MAX_OPERANDS;
  draft.put(
    kind,
    operand(draft, base),
    kind === OP.open ? operand(draft, base + 1) & openFlags : operand(draft, base + 1),
    operand(draft, base + 2),
    operand(draft, base + 3),
    operand(draft, base + 4),
    operand(draft, base + 5),
  );
}

function operand(draft: Draft, at: number): number {
  const values = VALUES[at];
  const least = LEAST[at];
  return values === 1 ? least : least + draft.rng.below(values);
}
