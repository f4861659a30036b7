import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { type Trace, traceLength } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { kernelProfile } from '#properties/arbitraries/profile';
import { traces } from '#properties/arbitraries/traces';
import { FLAVOUR } from './sequences.js';

const kinds = ({ ops }: Trace): number[] =>
  Array.from({ length: traceLength(ops) }, (_, i) => ops[i * OP_WIDTH]);

describe('traces', () => {
  it('are drawn alike for the same seed of fast-check', () => {
    const draw = () => fc.sample(traces(new Spec(FLAVOUR)), { seed: 7, numRuns: 20 });
    expect(draw()).toEqual(draw());
  });

  it('have 1 to as many operations as allowed', () => {
    const lengths = fc
      .sample(traces(new Spec(FLAVOUR), { maxLength: 9 }), { seed: 1, numRuns: 300 })
      .map(({ ops }) => traceLength(ops));
    expect(Math.min(...lengths)).toBe(1);
    expect(Math.max(...lengths)).toBe(9);
  });

  it('are shrunk by fast-check to the smallest one', () => {
    const result = fc.check(
      fc.property(traces(new Spec(FLAVOUR)), (trace) => !kinds(trace).includes(OP.munmap)),
      { seed: 3, numRuns: 1000 },
    );
    expect(result.failed).toBe(true);
    const [smallest] = result.counterexample ?? [];
    expect(smallest?.env).toEqual(DEFAULT_ENV);
    expect([...(smallest?.ops ?? [])]).toEqual([OP.munmap, 0, 0, 1, 0, 0, 0, 0]);
  });

  it('can be shrunk when they are given as an example', () => {
    const arbitrary = traces(new Spec(FLAVOUR));
    const [drawn] = fc.sample(arbitrary, { seed: 5, numRuns: 1 });
    expect(arbitrary.canShrinkWithoutContext(drawn)).toBe(true);
    expect(arbitrary.canShrinkWithoutContext(null)).toBe(false);
    expect(arbitrary.canShrinkWithoutContext({ env: DEFAULT_ENV })).toBe(false);
  });

  it('keep to a profile and its environment', () => {
    const env = { ...DEFAULT_ENV, gift: 3, aux: false };
    const profile = kernelProfile(env);
    for (const trace of fc.sample(traces(new Spec(FLAVOUR), { profile }), { seed: 2, numRuns: 50 })) {
      expect(trace.env).toBe(env);
      expect(kinds(trace)).not.toContain(OP.inject);
    }
  });
});
