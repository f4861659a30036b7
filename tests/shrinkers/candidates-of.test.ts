import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { candidates, candidatesOf, traceKey } from '#shrinkers/candidates';
import { type Pass, without, withSlot } from '#shrinkers/edit';
import { PASSES } from '#shrinkers/passes/index';
import { read, traceOf } from './traces.js';

const OPENED = traceOf([
  ['open', 0, 2, 0, -1],
  ['maps', 0],
  ['close', 0, 2],
]);

/** What a pass is allowed to try that would try these. */
const tried = (trace: Trace, ...edited: Trace[]): Trace[] => {
  const pass: Pass = () => edited;
  return [...candidatesOf(pass, trace)];
};

describe('candidatesOf', () => {
  it('are what a pass would try that is simpler', () => {
    const lower = withSlot(withSlot(OPENED, 0, 2, 1), 2, 2, 1);
    const higher = withSlot(withSlot(OPENED, 0, 2, 3), 2, 2, 3);
    expect(tried(OPENED, higher, lower, OPENED)).toEqual([lower]);
  });

  it('are traces: no operand is what it cannot be', () => {
    expect(tried(OPENED, withSlot(OPENED, 0, 2, -1))).toEqual([]);
  });

  it('are without what lost what it needs', () => {
    expect(
      tried(
        OPENED,
        without(OPENED, (step) => step === 0),
      ),
    ).toEqual([traceOf([['maps', 0]])]);
  });

  it('may keep what names nothing where the trace has such an operation itself', () => {
    const idle = traceOf([
      ['open', 0, 2, 0, -1],
      ['close', 0, 0],
      ['close', 0, 2],
    ]);
    const closes = without(idle, (step) => step === 0);
    const nothing: Trace = { env: idle.env, ops: new Int32Array(0) };
    expect(tried(idle, closes)).toEqual([nothing, closes]);
    // The same one is not tried twice.
    const opened = without(idle, (step) => step > 0);
    expect(tried(idle, opened)).toEqual([opened]);
  });
});

describe('candidates', () => {
  it('are those of all passes, one pass after the other', () => {
    const trace = read('open 0 1 2 -1; mmap 0 1 3 2 3');
    const all = PASSES.map((pass) => [...candidatesOf(pass, trace)]);
    expect(all.filter((each) => each.length > 0).length).toBeGreaterThan(5);
    expect([...candidates(trace)]).toEqual(all.flat());
  });
});

describe('traceKey', () => {
  it('tells different traces apart', () => {
    const one = traceOf([['load', 0, 1, 2]]);
    expect(traceKey(one)).toBe(traceKey(traceOf([['load', 0, 1, 2]])));
    expect(traceKey(one)).not.toBe(traceKey(traceOf([['load', 0, 2, 1]])));
    expect(traceKey(one)).not.toBe(traceKey({ ...one, env: { ...DEFAULT_ENV, ksm: false } }));
  });

  it('tells environments apart, in whatever they differ', () => {
    const one = traceOf([['load', 0, 1, 2]]);
    const changes = [
      { gift: 3 },
      { rlimit: 3 },
      { paranoid: 1 },
      { pku: true },
      { thp: false },
      { ksm: false },
      { aux: false },
    ];
    const keys = [one, ...changes.map((change) => ({ ...one, env: { ...DEFAULT_ENV, ...change } }))].map(
      traceKey,
    );
    expect(new Set(keys).size).toBe(changes.length + 1);
    expect(traceKey({ ...one, env: { ...DEFAULT_ENV } })).toBe(keys[0]);
  });

  it('tells any two ints apart', () => {
    const keys = [127, 128, 150, 151].map((count) => traceKey(traceOf([['record', 0, count]])));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('tells a trace that is a part of a longer buffer as it is', () => {
    const both = traceOf([
      ['maps', 0],
      ['load', 0, 1, 2],
    ]);
    const part = { env: both.env, ops: both.ops.subarray(8) };
    expect(traceKey(part)).toBe(traceKey(traceOf([['load', 0, 1, 2]])));
  });
});
