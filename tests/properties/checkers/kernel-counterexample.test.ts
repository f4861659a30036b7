import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import type { Recording } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { askKernel, KernelLost } from '#properties/checkers/ask-kernel';
import { judgeRecording } from '#properties/checkers/judge-recording';
import { shrinkOnKernel } from '#properties/checkers/kernel-counterexample';
import { traceOf } from '../../shrinkers/traces.js';
import { FakeKernel, FakeSystem, KERNEL_FLAVOUR } from './fakes.js';

const accuse = (trace: Trace, recording: Recording) =>
  judgeRecording(new Spec(KERNEL_FLAVOUR), trace, recording).failure;

/** A kernel on which `munlockall` fails, and a sequence in which it does. */
async function found() {
  const kernel = new FakeKernel(
    new FakeSystem((ops, at, obs) => {
      if (ops[at] === OP.munlockall) obs[0] = -99;
    }, KERNEL_FLAVOUR),
  );
  const { ops } = traceOf([
    ['maps', 0],
    ['status', 0],
    ['munlockall', 0],
    ['exit', 0],
  ]);
  const trace = { env: kernel.env, ops };
  const [recording] = await kernel.run([ops]);
  const failure = accuse(trace, recording);
  if (failure === undefined) throw new Error('nothing to be shrunk');
  return { kernel, find: { trace, failure, recording } };
}

describe('askKernel', () => {
  it('says why a kernel is lost, and keeps what was thrown', async () => {
    const kernel = new FakeKernel();
    const cause = new Error('no answer');
    kernel.run = () => Promise.reject(cause);
    const lost: unknown = await askKernel(kernel, []).catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(KernelLost);
    expect(lost).toMatchObject({ name: 'KernelLost', message: 'no answer', cause });
    kernel.run = () => Promise.reject('gone');
    await expect(askKernel(kernel, [])).rejects.toThrow('gone');
  });
});

describe('shrinkOnKernel', () => {
  it('shows the shortest on the kernel itself, up to where it fails', async () => {
    const { kernel, find } = await found();
    const shrunk = await shrinkOnKernel(kernel, find, accuse, 1_000, () => false);
    expect(shrunk.trace.ops).toEqual(traceOf([['munlockall', 0]]).ops);
    expect(shrunk.observations.map((obs) => obs[0])).toEqual([-99]);
    expect(shrunk).toMatchObject({ system: kernel.id, foundWith: 4 });
    expect(shrunk.shrinkRuns).toBeGreaterThan(0);
  });

  it('keeps the find as it was when nothing may be run, or the kernel is lost', async () => {
    for (const lost of [true, false]) {
      const { kernel, find } = await found();
      if (lost) kernel.run = () => Promise.reject(new Error('gone'));
      const kept = await shrinkOnKernel(kernel, find, accuse, lost ? 1_000 : 0, () => false);
      expect([kept.trace, kept.shrinkRuns, kept.observations.length]).toEqual([find.trace, 0, 3]);
    }
  });

  it('does not take its own mistakes for a lost kernel', async () => {
    const { kernel, find } = await found();
    kernel.run = async () => [];
    await expect(shrinkOnKernel(kernel, find, accuse, 1_000, () => false)).rejects.toThrow(TypeError);
  });
});
