import { describe, expect, it } from 'vitest';
import { ACCEPTED, REJECTED } from '#model/alphabet/specification';
import type { Trace } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { explained, splitObservations } from '#properties/checkers/explain';
import { judgeRecording } from '#properties/checkers/judge-recording';
import { pointNames } from '#properties/checkers/point-names';
import { SpecKernel } from '#properties/checkers/spec-kernel';
import { failureAt, traceOf } from '../../shrinkers/traces.js';
import { bitOf } from '../conformance/kernels.js';
import { FakeKernel, KERNEL_FLAVOUR } from './fakes.js';

const { env } = new FakeKernel();

/** How what a kernel of another flavour answers is explained. */
async function explain(flavour: number, { ops }: Trace, alter = (_obs: Int32Array): void => {}) {
  const trace = { env, ops };
  const [recording] = await new SpecKernel({ id: 'x', env }, new Spec(flavour)).run([ops]);
  alter(recording.obs);
  const { failure, consulted } = judgeRecording(new Spec(KERNEL_FLAVOUR), trace, recording);
  if (failure === undefined) throw new Error('nothing is wrong');
  const observations = splitObservations(ops, recording.obs, failure.step + 1);
  const specification = (f: number) => new Spec(f);
  const { explainedBy, explainedTogether } = explained(
    failure,
    specification,
    KERNEL_FLAVOUR,
    consulted,
    trace,
    observations,
  );
  return { explainedBy, explainedTogether };
}

const TOUCHED = traceOf([
  ['open', 0, 0, 0, -1],
  ['mmap', 0, 0, 0, 2, 1, 0, 0],
  ['load', 0, 0, 0],
  ['maps', 0],
]);

describe('explained', () => {
  it('names the point whose other side allows it', async () => {
    expect(await explain(KERNEL_FLAVOUR ^ bitOf('not-resident'), TOUCHED)).toEqual({
      explainedBy: ['not-resident'],
      explainedTogether: undefined,
    });
  });

  it('names the smallest set of points where none does alone', async () => {
    expect(await explain(KERNEL_FLAVOUR ^ bitOf('not-resident') ^ bitOf('pfnmap-flags'), TOUCHED)).toEqual({
      explainedBy: ['not-resident', 'pfnmap-flags'],
      explainedTogether: true,
    });
  });

  it('names none where nothing explains it', async () => {
    const nonsense = (obs: Int32Array): void => {
      obs[0] = -99;
    };
    expect(await explain(KERNEL_FLAVOUR, TOUCHED, nonsense)).toEqual({
      explainedBy: undefined,
      explainedTogether: undefined,
    });
  });

  /** What is said when nothing but this flavour accepts what was observed; these bits were asked for on the way. */
  function explainedIf(accepting: number, consulted: number) {
    const specification = (flavour: number) =>
      ({ reset: () => {}, accept: () => (flavour === accepting ? ACCEPTED : REJECTED) }) as unknown as Spec;
    const failure = failureAt(1);
    const observations = [Int32Array.of(0, 0), Int32Array.of(0, 0)];
    const said = explained(failure, specification, KERNEL_FLAVOUR, consulted, TOUCHED, observations);
    return [said.explainedBy, said.explainedTogether];
  }

  it('looks for at most three points together, in what was asked for', () => {
    const bits = [0, 1, 2, 3, 4];
    const flip = (...of: number[]): number => of.reduce((mask, bit) => mask ^ (1 << bit), KERNEL_FLAVOUR);
    const all = bits.reduce((mask, bit) => mask | (1 << bit), 0);
    expect(explainedIf(flip(3), all)).toEqual([pointNames([3]), undefined]);
    expect(explainedIf(flip(1, 4), all)).toEqual([pointNames([1, 4]), true]);
    expect(explainedIf(flip(0, 1, 2), all)).toEqual([pointNames([0, 1, 2]), true]);
    expect(explainedIf(flip(1, 3, 4), all)).toEqual([pointNames([1, 3, 4]), true]);
    expect(explainedIf(flip(0, 1, 2, 3), all)).toEqual([undefined, undefined]);
    expect(explainedIf(flip(1, 4), all & ~(1 << 4))).toEqual([undefined, undefined]);
    expect(explainedIf(flip(3), 0)).toEqual([undefined, undefined]);
  });

  it('names each of several points that explain it alone', () => {
    const specification = (flavour: number) =>
      ({
        reset: () => {},
        accept: () => (flavour === KERNEL_FLAVOUR ? REJECTED : ACCEPTED),
      }) as unknown as Spec;
    const said = explained(failureAt(0), specification, KERNEL_FLAVOUR, 0b1010, TOUCHED, [
      Int32Array.of(0, 0),
    ]);
    expect([said.explainedBy, said.explainedTogether]).toEqual([pointNames([1, 3]), undefined]);
  });

  it('takes a point only if all is right with it on its other side, from the first step on', async () => {
    const kernel = KERNEL_FLAVOUR ^ bitOf('gup-refused');
    const { ops } = traceOf([
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 2, 1, 0, 0],
      ['vmsplice', 0, 0],
    ]);
    const spoil = (obs: Int32Array): void => {
      obs[0] = -99;
    };
    expect((await explain(kernel, { env, ops })).explainedBy).toEqual(['gup-refused']);
    expect((await explain(kernel, { env, ops }, spoil)).explainedBy).toBeUndefined();
  });
});

describe('splitObservations', () => {
  it('gives one observation an operation, as wide as its kind has it', () => {
    const { ops } = traceOf([
      ['fork', 0, 1],
      ['status', 0],
      ['exit', 0],
    ]);
    const obs = Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    expect(splitObservations(ops, obs, 3).map((each) => [...each])).toEqual([
      [1, 2],
      [3, 4, 5, 6],
      [7, 8],
    ]);
    expect(splitObservations(ops, obs, 1).map((each) => [...each])).toEqual([[1, 2]]);
    expect(splitObservations(ops, obs, 0)).toEqual([]);
  });
});
