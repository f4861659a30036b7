import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { BOUND } from '#model/alphabet/observations';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { type Trace, traceLength } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { kernelProfile, MODEL_PROFILE, type Profile } from '#properties/arbitraries/profile';
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
    for (const other of [5, 'ma1:', undefined, { env: DEFAULT_ENV }, { ops: drawn.ops }])
      expect(arbitrary.canShrinkWithoutContext(other)).toBe(false);
  });

  it('end with the operation that the specification cannot follow', () => {
    class Bounded extends Spec {
      override step(ops: Int32Array, at: number, obs: Int32Array): void {
        super.step(ops, at, obs);
        if (ops[at] === OP.mmap) obs[0] = BOUND;
      }
    }
    const all = fc.sample(traces(new Bounded(FLAVOUR)), { seed: 4, numRuns: 60 }).map(kinds);
    expect(all.some((each) => each.includes(OP.mmap))).toBe(true);
    for (const each of all) expect(each.slice(0, -1)).not.toContain(OP.mmap);
  });

  it('end when no process lives', () => {
    const exits: Profile = { ...MODEL_PROFILE, without: OP_NAMES.filter((name) => name !== 'exit') };
    const all = fc.sample(traces(new Spec(FLAVOUR), { profile: exits, maxLength: 40 }), {
      seed: 4,
      numRuns: 60,
    });
    const ended = all.map(kinds).filter((each) => each.at(-1) === OP.exit);
    expect(ended.length).toBeGreaterThan(10);
    const spec = new Spec(FLAVOUR);
    const obs = new Int32Array(OBS_WIDTH);
    for (const { env, ops } of all) {
      spec.reset(env);
      for (let at = 0; at < ops.length; at += OP_WIDTH) {
        expect([0, 1, 2].some((proc) => spec.view.alive(proc))).toBe(true);
        spec.step(ops, at, obs);
      }
    }
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
