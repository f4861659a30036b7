import { describe, expect, it } from 'vitest';
import type { Recording, TraceSystem } from '#model/alphabet/system';
import { type Trace, traceLength } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { judgeRecording } from '#properties/checkers/judge-recording';
import { shrinkOnKernel } from '#properties/checkers/kernel-counterexample';
import { shrinkUnderstood } from '#properties/checkers/shrink-understood';
import { SpecKernel } from '#properties/checkers/spec-kernel';
import { traceOf } from '../../shrinkers/traces.js';
import { bitOf } from '../conformance/kernels.js';
import { FakeKernel, FakeSystem, KERNEL_FLAVOUR } from './fakes.js';

const OTHER = KERNEL_FLAVOUR ^ bitOf('dontneed-refused');
const LONG = traceOf([
  ['open', 0, 0, 0, -1],
  ['fork', 0, 1],
  ['mmap', 0, 0, 4, 3, 1, 0, 0],
  ['load', 0, 4, 0],
  ['madvise', 0, 4, 3, 4],
  ['exit', 0],
]);
const OPTIONS = { maxRuns: 2_000, lastRuns: 50, stop: () => false };

const accuse = (trace: Trace, recording: Recording) =>
  judgeRecording(new Spec(KERNEL_FLAVOUR), trace, recording).failure;

async function findOn(kernel: TraceSystem) {
  const trace = { env: kernel.env, ops: LONG.ops };
  const [recording] = await kernel.run([trace.ops]);
  const failure = accuse(trace, recording);
  if (failure === undefined) throw new Error('nothing to be shrunk');
  return { trace, failure, recording };
}

describe('shrinkUnderstood', () => {
  it('lets the specification do the work, and the kernel confirm it', async () => {
    const kernel = new FakeKernel(new FakeSystem(undefined, OTHER));
    const found = await findOn(kernel);
    const before = kernel.sequences;
    const shrunk = await shrinkUnderstood(kernel, new Spec(OTHER), found, accuse, {
      ...OPTIONS,
      lastRuns: 0,
    });
    expect(traceLength(shrunk.trace.ops)).toBe(3);
    expect(shrunk.foundWith).toBe(6);
    expect(kernel.sequences - before).toBe(1);
    expect(shrunk.shrinkRuns).toBeGreaterThan(20);
    expect(shrunk.observations.length).toBe(3);
  });

  it('asks the kernel alone where it does not do what the specification does', async () => {
    const kernel = new FakeKernel(new FakeSystem(undefined, OTHER));
    const found = await findOn(kernel);
    // Of this one the specification thinks that it answers as it should.
    const shrunk = await shrinkUnderstood(kernel, new Spec(KERNEL_FLAVOUR), found, accuse, OPTIONS);
    expect(traceLength(shrunk.trace.ops)).toBe(3);
    expect(kernel.sequences).toBeGreaterThan(20);
  });

  it('counts what the specification ran, what confirmed it, and what the kernel ran after that', async () => {
    const kernel = new FakeKernel(new FakeSystem(undefined, OTHER));
    const found = await findOn(kernel);
    const played = new SpecKernel(kernel, new Spec(OTHER));
    const foreseen = await shrinkOnKernel(played, found, accuse, 50_000, () => false);
    const runs = async (lastRuns: number) =>
      (await shrinkUnderstood(kernel, new Spec(OTHER), found, accuse, { ...OPTIONS, lastRuns })).shrinkRuns;
    expect(await runs(0)).toBe(foreseen.shrinkRuns + 1);
    expect(await runs(50)).toBeGreaterThan(foreseen.shrinkRuns + 1);
  });

  it('asks the kernel alone where that does not show what was foreseen', async () => {
    const right = new FakeKernel();
    const wrong = new FakeKernel(new FakeSystem(undefined, OTHER));
    const found = await findOn(wrong);
    // It fails in longer sequences only.
    const kernel = new FakeKernel();
    kernel.run = async (traces) =>
      Promise.all(traces.map(async (ops) => (await (traceLength(ops) >= 5 ? wrong : right).run([ops]))[0]));
    const shrunk = await shrinkUnderstood(kernel, new Spec(OTHER), found, accuse, OPTIONS);
    expect(traceLength(shrunk.trace.ops)).toBeGreaterThanOrEqual(5);
    expect(shrunk.failure.kind).toBe('spec');
  });

  it('does not take a mistake of its own for an answer of the kernel', async () => {
    const kernel = new FakeKernel(new FakeSystem(undefined, OTHER));
    const found = await findOn(kernel);
    const run = kernel.run.bind(kernel);
    let first = true;
    kernel.run = async (traces) => {
      const answers = first ? [] : await run(traces);
      first = false;
      return answers;
    };
    await expect(shrinkUnderstood(kernel, new Spec(OTHER), found, accuse, OPTIONS)).rejects.toThrow(
      TypeError,
    );
  });

  it('keeps the find as it was when the kernel is lost', async () => {
    const kernel = new FakeKernel(new FakeSystem(undefined, OTHER));
    const found = await findOn(kernel);
    kernel.run = () => Promise.reject(new Error('gone'));
    const shrunk = await shrinkUnderstood(kernel, new Spec(OTHER), found, accuse, OPTIONS);
    expect([traceLength(shrunk.trace.ops), shrunk.shrinkRuns]).toEqual([6, 0]);
  });

  it('does not take its own mistakes for a lost kernel', async () => {
    const kernel = new FakeKernel(new FakeSystem(undefined, OTHER));
    const found = await findOn(kernel);
    kernel.run = async () => [];
    await expect(shrinkUnderstood(kernel, new Spec(OTHER), found, accuse, OPTIONS)).rejects.toThrow(
      TypeError,
    );
  });
});

describe('SpecKernel', () => {
  it('answers whole traces as the specification does, from the environment of the kernel', async () => {
    const kernel = new FakeKernel();
    const played = new SpecKernel(kernel, new Spec(KERNEL_FLAVOUR));
    expect([played.id, played.env]).toEqual([kernel.id, kernel.env]);
    const traces = [
      LONG.ops,
      traceOf([
        ['maps', 0],
        ['status', 0],
        ['headroom', 0],
      ]).ops,
      new Int32Array(0),
    ];
    expect(await played.run(traces)).toEqual(await kernel.run(traces));
    await played.close();
  });
});
