import { describe, expect, it } from 'vitest';
import type { Trace } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { explained, splitObservations } from '#properties/checkers/explain';
import { judgeRecording } from '#properties/checkers/judge-recording';
import { SpecKernel } from '#properties/checkers/spec-kernel';
import { traceOf } from '../../shrinkers/traces.js';
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
});
