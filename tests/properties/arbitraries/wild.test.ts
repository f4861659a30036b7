import { describe, expect, it } from 'vitest';
import { OP_WIDTH, PROCS } from '#model/alphabet/bounds';
import { type Domain, OPEN_AUX, OPEN_FLAGS } from '#model/alphabet/operands';
import { OP, OP_NAMES, OPERAND_NAMES, OPERATIONS } from '#model/alphabet/operations';
import { drawWild } from '#properties/arbitraries/wild';
import { draftAfter, through, values } from './drafts.js';

/** So many operations of a kind, each packed. */
function wild(kind: number, openFlags = OPEN_FLAGS.max): Int32Array[] {
  const draft = draftAfter('');
  return Array.from({ length: 3_000 }, () => {
    const ops = new Int32Array(OP_WIDTH).fill(-9);
    draft.begin(ops, 0);
    drawWild(draft, kind, openFlags);
    return ops;
  });
}

describe('drawWild', () => {
  it.each(OP_NAMES)('%s has every value of each of its operands, and no other', (name) => {
    const kind = OP[name];
    const found = wild(kind);
    const domains: Domain[] = Object.values(OPERATIONS[name].operands);
    expect(values(found.map((ops) => ops[0]))).toEqual([kind]);
    for (const [i, { min, max }] of domains.entries()) {
      expect([OPERAND_NAMES[kind][i], ...values(found.map((ops) => ops[2 + i]))]).toEqual([
        OPERAND_NAMES[kind][i],
        ...through(min, max),
      ]);
    }
    const rest = found.flatMap((ops) => [...ops.subarray(2 + domains.length)]);
    expect(rest.every((operand) => operand === 0)).toBe(true);
  });

  it('is done by any process, whether it lives or not', () => {
    expect(values(wild(OP.load).map((ops) => ops[1]))).toEqual(through(0, PROCS - 1));
  });

  it('opens with no flags that the System cannot have', () => {
    const flags = values(wild(OP.open, OPEN_FLAGS.max - OPEN_AUX).map((ops) => ops[3]));
    expect(flags).toEqual([0, 1, 2, 3, 8, 9, 10, 11]);
    const pages = values(wild(OP.load, 0).map((ops) => ops[3]));
    expect(pages.length).toBeGreaterThan(1);
  });
});
