import { describe, expect, it } from 'vitest';
import { UNOBSERVED } from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { KNOWN_FINDINGS } from '#model/spec/index';
import { KernelLost } from '#properties/checkers/ask-kernel';
import { recheck } from '#properties/conformance/recheck';
import { traceOf } from '../../shrinkers/traces.js';
import { FLAVOUR, KERNEL_FLAVOUR } from '../checkers/fakes.js';
import { bitOf, specKernel } from './kernels.js';

const ENV = { ...DEFAULT_ENV, gift: 5, rlimit: 6 };
const FINDING = KNOWN_FINDINGS.find(({ id }) => id === 'second-mapping-charged');
const CHARGED = {
  trace: traceOf(
    [
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 2, 1, 0, 0],
      ['mmap', 0, 0, 3, 2, 1, 0, 0],
      ['headroom', 0],
    ],
    ENV,
  ),
  ...(FINDING === undefined ? {} : { finding: FINDING }),
};
const DIRECT = {
  trace: traceOf(
    [
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 2, 1, 0, 0],
      ['direct_write', 0, 0],
    ],
    ENV,
  ),
};

describe('recheck', () => {
  it('tells how often a kernel shows what was found elsewhere', async () => {
    const has = specKernel(KERNEL_FLAVOUR ^ bitOf('gup-refused'));
    expect(await recheck(has, [CHARGED, DIRECT])).toMatchObject([
      { system: 'linux-6.18.44', runs: 10, failed: 10, failure: { step: 3 } },
      { runs: 10, failed: 10, failure: { step: 2, kind: 'spec' } },
    ]);
    expect(has.open_now).toBe(0);
    const hasNot = specKernel(FLAVOUR);
    const answers = await recheck(hasNot, [CHARGED, DIRECT]);
    expect(answers.map(({ failed }) => failed)).toEqual([0, 0]);
    expect(answers.some(({ notObserved }) => notObserved !== undefined)).toBe(false);
  });

  it('has a whole answer for each', async () => {
    const has = specKernel(KERNEL_FLAVOUR ^ bitOf('gup-refused'));
    const failure = { step: 2, detail: 'process 0: direct_write gave ok, allowed EFAULT' };
    expect(await recheck(has, [DIRECT, CHARGED])).toStrictEqual([
      { system: 'linux-6.18.44', runs: 10, failed: 10, failure: expect.objectContaining(failure) },
      { system: 'linux-6.18.44', runs: 10, failed: 10, failure: expect.objectContaining({ step: 3 }) },
    ]);
    expect(await recheck(specKernel(FLAVOUR), [CHARGED])).toStrictEqual([
      { system: 'linux-6.18.44', runs: 10, failed: 0 },
    ]);
  });

  it('starts from the limits of each, on what else the machine is', async () => {
    const kernel = specKernel();
    const elsewhere = {
      ...DIRECT,
      trace: { ...DIRECT.trace, env: { ...ENV, gift: 0, rlimit: 3, aux: true } },
    };
    const [, rechecked] = await recheck(kernel, [DIRECT, elsewhere]);
    expect(kernel.starts).toEqual([
      { gift: 5, rlimit: 6 },
      { gift: 0, rlimit: 3 },
    ]);
    // What the machine is decides what the specification expects: no AUX buffers here.
    expect(rechecked.failed).toBe(0);
  });

  it('closes the kernel when it is lost, too', async () => {
    const kernel = specKernel();
    const open = kernel.open.bind(kernel);
    kernel.open = async (start) => {
      const system = await open(start);
      system.run = () => Promise.reject(new Error('the machine is gone'));
      return system;
    };
    await expect(recheck(kernel, [DIRECT])).rejects.toThrow(new KernelLost('the machine is gone'));
    expect(kernel.open_now).toBe(0);
  });

  it('says what the machine could not do, rather than that the kernel is free of it', async () => {
    const poor = specKernel(KERNEL_FLAVOUR, (ops, at, obs) => {
      if (ops[at] === OP.direct_write) obs[0] = UNOBSERVED;
    });
    expect(await recheck(poor, [DIRECT])).toMatchObject([
      { failed: 0, notObserved: 'the file system has no O_DIRECT' },
    ]);
  });

  it('counts a kernel that does not always show it', async () => {
    let runs = 0;
    const flaky = specKernel(KERNEL_FLAVOUR, (ops, at, obs) => {
      if (ops[at] === OP.direct_write && runs++ % 2 === 0) obs[0] = -99;
    });
    expect(await recheck(flaky, [DIRECT])).toMatchObject([{ failed: 5 }]);
  });
});
