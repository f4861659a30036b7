import { describe, expect, it } from 'vitest';
import type { Trace } from '#model/alphabet/trace';
import { findingsOfKernel, flavourOfKernel, KNOWN_FINDINGS } from '#model/spec/index';
import { KernelOracle } from '#properties/checkers/kernel-oracle';
import { pointBits, pointNames } from '#properties/checkers/point-names';
import { releaseOf, releaseOfId } from '#properties/checkers/release';
import { failureAt, traceOf } from '../../shrinkers/traces.js';
import { bitOf } from '../conformance/kernels.js';
import { FakeKernel, FakeSystem, FLAVOUR, KERNEL_FLAVOUR, RELEASE } from './fakes.js';

const { env } = new FakeKernel();
/** Shows that a second mapping is charged. */
const TWICE: Trace = {
  env,
  ops: traceOf([
    ['open', 0, 0, 0, -1],
    ['mmap', 0, 0, 0, 2, 3],
    ['mmap', 0, 0, 4, 2, 3],
    ['headroom', 0],
  ]).ops,
};
const CHARGED = 'second-mapping-charged';

const recordingOn = async (flavour: number, { ops }: Trace) =>
  (await new FakeKernel(new FakeSystem(undefined, flavour)).run([ops]))[0];

function findingOf(id: string) {
  const finding = KNOWN_FINDINGS.find((each) => each.id === id);
  if (finding === undefined) throw new Error(`no finding ${id}`);
  return finding;
}

describe('what a kernel is held to', () => {
  it('is its release, with what is known of it', () => {
    expect(new KernelOracle(RELEASE).expected).toBe(flavourOfKernel(RELEASE) | findingsOfKernel(RELEASE));
    expect(new KernelOracle(RELEASE).predictor().flavour).toBe(KERNEL_FLAVOUR);
    expect(new KernelOracle('6.1.0').expected).not.toBe(KERNEL_FLAVOUR);
  });

  it('is what was measured, where that was done, findings included', async () => {
    const measured = (FLAVOUR ^ bitOf('not-resident')) | bitOf(CHARGED);
    const oracle = new KernelOracle(RELEASE, measured);
    expect(oracle.expected).toBe(measured);
    const recording = await recordingOn(measured, TWICE);
    expect(oracle.judge(TWICE, recording).failure).toBeUndefined();
    expect(oracle.witnesses(TWICE, recording).map(({ finding }) => finding.id)).toEqual([CHARGED]);
    // Of a kernel that was found without the defect, showing it is a disagreement.
    expect(new KernelOracle(RELEASE, FLAVOUR).judge(TWICE, recording).failure).toBeDefined();
  });
});

describe('known findings', () => {
  it('are allowed, and told when they show', async () => {
    const oracle = new KernelOracle(RELEASE);
    const recording = await recordingOn(KERNEL_FLAVOUR, TWICE);
    expect(oracle.judge(TWICE, recording).failure).toBeUndefined();
    const [{ finding, failure }, ...others] = oracle.witnesses(TWICE, recording);
    expect([finding.id, failure.step, others.length]).toEqual([CHARGED, 3, 0]);
    expect(oracle.shows(findingOf(CHARGED), TWICE, recording)?.step).toBe(3);
  });

  it('do not show where nothing does', async () => {
    const once = { env, ops: traceOf([['headroom', 0]]).ops };
    const recording = await recordingOn(KERNEL_FLAVOUR, once);
    expect(new KernelOracle(RELEASE).witnesses(once, recording)).toEqual([]);
    expect(new KernelOracle(RELEASE).shows(findingOf(CHARGED), once, recording)).toBeUndefined();
  });

  it('that are not known of this kernel are not among its witnesses', async () => {
    const recording = await recordingOn(KERNEL_FLAVOUR, TWICE);
    const known = new KernelOracle(RELEASE, FLAVOUR).witnesses(TWICE, recording);
    expect(known).toEqual([]);
  });
});

describe('explanations', () => {
  const TOUCHED: Trace = {
    env,
    ops: traceOf([
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 2, 1, 0, 0],
      ['load', 0, 0, 0],
      ['maps', 0],
    ]).ops,
  };

  it('name the point on whose other side the kernel is', async () => {
    const oracle = new KernelOracle(RELEASE);
    const recording = await recordingOn(KERNEL_FLAVOUR ^ bitOf('not-resident'), TOUCHED);
    const { failure, consulted } = oracle.judge(TOUCHED, recording);
    if (failure === undefined) return expect.fail('nothing is wrong');
    const explained = oracle.explained(failure, TOUCHED, recording, consulted);
    expect(explained.explainedBy).toEqual(['not-resident']);
  });

  it('are not looked for where nothing was rejected', async () => {
    const oracle = new KernelOracle(RELEASE);
    const failure = { ...failureAt(3), kind: 'hang' as const };
    const recording = await recordingOn(KERNEL_FLAVOUR ^ bitOf('not-resident'), TOUCHED);
    expect(oracle.explained(failure, TOUCHED, recording, -1)).toBe(failure);
  });

  it('are what a specification can imitate: the first of several, or all that it takes together', () => {
    const oracle = new KernelOracle(RELEASE);
    const [one, two] = ['not-resident', 'pfnmap-flags'];
    const imitated = (more: object) => oracle.imitationOf({ ...failureAt(0), ...more })?.flavour;
    expect(imitated({})).toBeUndefined();
    expect(imitated({ explainedBy: [] })).toBeUndefined();
    expect(imitated({ explainedBy: [one] })).toBe(KERNEL_FLAVOUR ^ bitOf(one));
    expect(imitated({ explainedBy: [two, one] })).toBe(KERNEL_FLAVOUR ^ bitOf(two));
    expect(imitated({ explainedBy: [one, two], explainedTogether: true })).toBe(
      KERNEL_FLAVOUR ^ bitOf(one) ^ bitOf(two),
    );
  });
});

describe('names of points', () => {
  it('are those of variation points and of findings, and lead back to them', () => {
    const finding = findingOf(CHARGED);
    const bits = pointBits(['not-resident', CHARGED]);
    expect(bits.map((bit) => 1 << bit)).toEqual([bitOf('not-resident'), bitOf(CHARGED)]);
    expect(pointNames([finding.bit, bits[0]])).toEqual([CHARGED, 'not-resident']);
    expect(pointNames([31])).toEqual([]);
    expect(pointBits(['nothing'])).toEqual([]);
  });
});

describe('the release of a kernel', () => {
  it('is in its id', () => {
    expect(releaseOf(new FakeKernel())).toBe(RELEASE);
    expect(releaseOf(new FakeKernel(undefined, undefined, 'vm'))).toBe('vm');
    expect(releaseOfId('linux-6.1.0-debian')).toBe('6.1.0-debian');
    expect(releaseOfId('my-linux-6.1')).toBeUndefined();
  });
});
