import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { firstSteps, kindOf, placesOf, procOf, rewritten, slotOf, without, withSlot } from '#shrinkers/edit';
import { FIELDS, inDomain, PAGE_SLOTS, PROC_SLOTS } from '#shrinkers/fields';
import { read, traceOf } from './traces.js';

const trace = traceOf(
  [
    ['load', 0, 3, 1],
    ['fork', 0, 2],
    ['munmap', 2, 9, 4],
  ],
  { ...DEFAULT_ENV, gift: 3 },
);
const { env } = trace;

describe('an edit', () => {
  it('leaves the trace that it is made of as it is', () => {
    const before = [...trace.ops];
    const edited = [
      without(trace, () => true),
      withSlot(trace, 0, 2, 5),
      firstSteps(trace, 1),
      rewritten(trace, (ops, at) => {
        ops[at + 1] = 1;
      }),
    ];
    expect([...trace.ops]).toEqual(before);
    for (const each of edited) expect(each.env).toBe(env);
  });

  it('drops operations, at any place', () => {
    expect(without(trace, (step) => step === 1).ops).toEqual(
      traceOf([
        ['load', 0, 3, 1],
        ['munmap', 2, 9, 4],
      ]).ops,
    );
    expect(without(trace, (step) => step !== 2).ops).toEqual(traceOf([['munmap', 2, 9, 4]]).ops);
    expect(without(trace, () => false).ops).toEqual(trace.ops);
    expect(without(trace, () => true).ops).toEqual(new Int32Array(0));
  });

  it('changes each operation, or one int of one', () => {
    const moved = rewritten(trace, (ops, at) => {
      ops[at + 1]++;
    });
    expect([0, 1, 2].map((step) => procOf(moved, step))).toEqual([1, 1, 3]);
    const longer = withSlot(trace, 2, 3, 7);
    expect([slotOf(longer, 2, 3), slotOf(longer, 2, 2), kindOf(longer, 2)]).toEqual([7, 9, OP.munmap]);
    expect(longer.ops.filter((int, i) => int !== trace.ops[i])).toEqual(Int32Array.of(7));
  });

  it('finds where the operations of a kind begin', () => {
    const { ops } = read('maps 0; load 0 1; maps 1; load 0 2; status 0');
    expect(placesOf(ops, OP.maps)).toEqual([0, 16]);
    expect(placesOf(ops, OP.load)).toEqual([8, 24]);
    expect(placesOf(ops, OP.exit)).toEqual([]);
  });

  it('cuts off what comes after so many operations, if there is something', () => {
    expect(firstSteps(trace, 2).ops).toEqual(trace.ops.slice(0, 16));
    expect(firstSteps(trace, 0).ops.length).toBe(0);
    expect(firstSteps(trace, 3)).toBe(trace);
    expect(firstSteps(trace, 9)).toBe(trace);
  });
});

describe('fields', () => {
  it('are the operands of a kind, the process first', () => {
    expect(FIELDS[OP.munmap].map(({ slot }) => slot)).toEqual([1, 2, 3]);
    expect(PROC_SLOTS[OP.vm_readv]).toEqual([1, 2]);
    expect(PAGE_SLOTS[OP.mremap]).toEqual([2, 6]);
    expect(PAGE_SLOTS[OP.maps]).toEqual([]);
  });

  it('tell whether every operand is what it may be', () => {
    const fits = (...steps: Parameters<typeof traceOf>[0]) => inDomain(traceOf(steps).ops, 8);
    expect(fits(['load', 0, 31, 6], ['open', 2, 3, 15, -1])).toBe(true);
    expect(fits()).toBe(true);
    expect(fits(['load', 0, 32, 0])).toBe(false);
    expect(fits(['load', 0, -1, 0])).toBe(false);
    expect(fits(['load', 0, 3, 7])).toBe(false);
    expect(fits(['load', 3, 3, 0])).toBe(false);
    expect(fits(['maps', 0], ['open', 0, 0, 0, -2])).toBe(false);
    expect(fits(['record', 0, 0])).toBe(false);
    expect(fits(['record', 0, 1])).toBe(true);
    // What a kind has no operand for is not looked at.
    expect(fits(['maps', 0, -5])).toBe(true);
  });
});
