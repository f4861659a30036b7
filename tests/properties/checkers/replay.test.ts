import { describe, expect, it } from 'vitest';
import { BOUND, OK } from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { DESIGNS } from '#model/designs/index';
import { replayOn, replayOnDesign, replayOnKernel } from '#properties/checkers/replay';
import { traceOf } from '../../shrinkers/traces.js';
import { FakeKernel, FakeSystem, fakeSubject } from './fakes.js';

const trace = traceOf([
  ['open', 0, 0, 0, -1],
  ['mmap', 0, 0, 0, 2, 3],
  ['store', 0, 0, 0, 20],
  ['load', 0, 0, 0],
  ['exit', 0],
]);

describe('replayOn', () => {
  it('counts each operation of a trace that passes', () => {
    const { outcome, counts, counterexample } = replayOn(fakeSubject(), trace);
    expect(outcome).toBe('passed');
    expect(counterexample).toBeUndefined();
    expect(counts).toMatchObject({ sequences: 1, operations: 5, skipped: 0, unobserved: 0, cut: 0 });
    expect(counts.perOp[OP.store]).toEqual([1, 1]);
  });

  it('shows every step up to the one that fails, as the trace is', () => {
    const wrong = fakeSubject((ops, at, obs) => {
      if (ops[at] === OP.load) obs[1] = 21;
    });
    const { outcome, counterexample } = replayOn(wrong, trace);
    expect(outcome).toBe('failed');
    expect(counterexample?.trace).toBe(trace);
    expect(counterexample?.observations.length).toBe(4);
    expect(counterexample?.failure).toMatchObject({
      step: 3,
      page: 0,
      detail: 'process 0: load gave 21, allowed 20',
    });
  });

  it('says that a trace was cut short', () => {
    const full = fakeSubject((ops, at, obs) => {
      if (ops[at] === OP.store) obs[0] = BOUND;
    });
    expect(replayOn(full, trace)).toMatchObject({ outcome: 'passed', counts: { cut: 1, operations: 3 } });
  });
});

describe('replayOnDesign', () => {
  it('runs a trace on every design, with its invariants looked at', () => {
    for (const design of DESIGNS) {
      const { system, outcome, invariants } = replayOnDesign(design, trace);
      expect([system, outcome]).toEqual([design.id, 'passed']);
      expect(Math.max(...Object.values(invariants))).toBeGreaterThan(0);
    }
  });
});

describe('replayOnKernel', () => {
  it('names a known finding that the trace shows, and tells where', async () => {
    const twice = traceOf([
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 2, 3],
      ['mmap', 0, 0, 4, 2, 3],
      ['headroom', 0],
    ]);
    const verdict = await replayOnKernel(new FakeKernel(), twice);
    expect(verdict.outcome).toBe('passed');
    expect(verdict.findings?.map(({ id }) => id)).toEqual(['second-mapping-charged']);
    expect(verdict.findings?.[0].counterexample.failure.step).toBe(3);
    expect(verdict.findings?.[0].counterexample.observations.length).toBe(4);
  });

  it('starts from the environment of the kernel, whatever the trace says', async () => {
    const kernel = new FakeKernel();
    const elsewhere = { ...trace, env: { ...DEFAULT_ENV, gift: 0, rlimit: 0 } };
    expect(await replayOnKernel(kernel, elsewhere)).toMatchObject({
      outcome: 'passed',
      counts: { operations: 5 },
    });
  });

  it('shows what the kernel answered up to the failing step', async () => {
    const kernel = new FakeKernel(
      new FakeSystem((ops, at, obs) => {
        if (ops[at] === OP.store) obs[0] = OK - 14;
      }),
    );
    const { outcome, counterexample } = await replayOnKernel(kernel, trace);
    expect(outcome).toBe('failed');
    expect(counterexample?.observations.length).toBe(3);
    expect(counterexample?.failure.detail).toBe('process 0: store gave EFAULT, allowed ok');
    expect(counterexample?.trace.env).toBe(kernel.env);
  });

  it('says that the kernel stopped answering', async () => {
    const kernel = new FakeKernel(undefined, () => ({ steps: 2, ended: 'it is gone' }));
    const { counterexample } = await replayOnKernel(kernel, trace);
    expect(counterexample?.failure).toMatchObject({ kind: 'hang', step: 2 });
    expect(counterexample?.observations.length).toBe(2);
  });

  it('says that a trace was cut short', async () => {
    const kernel = new FakeKernel(undefined, () => ({ steps: 2 }));
    expect(await replayOnKernel(kernel, trace)).toMatchObject({ outcome: 'passed', counts: { cut: 1 } });
  });
});
