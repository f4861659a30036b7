import { describe, expect, it } from 'vitest';
import { HANG, OK, UNOBSERVED } from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';
import { KNOWN_FINDINGS } from '#model/spec/index';
import { checkKernel, type KernelOptions } from '#properties/checkers/conformance';
import { traceOf } from '../../shrinkers/traces.js';
import { type Alter, FakeKernel, FakeSystem, FLAVOUR, KERNEL_FLAVOUR, RELEASE } from './fakes.js';

const OPTIONS: KernelOptions = { seed: 1, runs: 100, length: 20, timeMs: 60_000 };

const kernelOf = (alter: Alter): FakeKernel => new FakeKernel(new FakeSystem(alter, KERNEL_FLAVOUR));

/** Two defects of different kinds. */
const defects: Alter = (ops, at, obs) => {
  if (ops[at] === OP.rlimit) obs[0] = -1;
  if (ops[at] === OP.munlockall) obs[0] = -1;
};

describe('checkKernel', () => {
  it('passes a kernel that answers as its release should, in exactly as many sequences as asked for', async () => {
    const kernel = new FakeKernel();
    const verdict = await checkKernel(kernel, OPTIONS);
    expect(verdict).toMatchObject({ system: `linux-${RELEASE}`, outcome: 'passed', seed: 1, invariants: {} });
    expect(verdict.counts.sequences).toBe(100);
    for (const absent of ['incomplete', 'counterexample', 'further'])
      expect(verdict).not.toHaveProperty(absent);
    expect(verdict.counts.perOp[OP.exit][0]).toBeGreaterThanOrEqual(100);
    expect(verdict.counts.perOp[OP.inject][0]).toBe(0);
    expect((verdict.counts.missing ?? Infinity) / verdict.counts.operations).toBeLessThan(0.1);
  });

  it('goes on after a disagreement, and shrinks one of each kind on the kernel', async () => {
    const kernel = kernelOf(defects);
    const { outcome, counts, counterexample, further } = await checkKernel(kernel, { ...OPTIONS, runs: 400 });
    expect(outcome).toBe('failed');
    expect(counts.sequences).toBe(400);
    expect(kernel.sequences).toBeGreaterThan(400);
    const found = [counterexample, ...(further ?? [])].map((one) => one?.trace.ops);
    expect(found).toContainEqual(traceOf([['rlimit', 0, 0]]).ops);
    expect(found).toContainEqual(traceOf([['munlockall', 0]]).ops);
    expect(counterexample?.trace.env).toBe(kernel.env);
    expect(counterexample?.observations.length).toBe(1);
  });

  it('ends when there are many kinds of disagreement', async () => {
    const kernel = kernelOf((ops, at, obs) => {
      if (ops[at] >= OP.load && obs[0] === OK) obs[0] = -99;
    });
    const { counts, further } = await checkKernel(kernel, { ...OPTIONS, runs: 5_000 });
    expect(counts.sequences).toBeLessThan(500);
    expect(further?.length).toBeGreaterThan(2);
  });

  it('passes over what the kernel cannot do, and counts it', async () => {
    const kernel = kernelOf((ops, at, obs) => {
      if (ops[at] === OP.direct_read) obs[0] = UNOBSERVED;
    });
    const direct = await checkKernel(kernel, { ...OPTIONS, runs: 300 });
    // A fake follows its own answer, so words that an unobserved read would have changed may differ.
    const unobserved = direct.counts.unobservedPerOp?.[OP.direct_read] ?? 0;
    expect(unobserved).toBe(direct.counts.perOp[OP.direct_read][0]);
    expect(unobserved).toBe(direct.counts.unobserved);
  });

  it('takes an operation that does not end for a failure', async () => {
    const kernel = kernelOf((ops, at, obs) => {
      if (ops[at] === OP.mlockall) obs[0] = HANG;
    });
    const { counterexample } = await checkKernel(kernel, { ...OPTIONS, runs: 200 });
    expect(counterexample?.failure).toMatchObject({ kind: 'hang', step: 0 });
    expect(counterexample?.trace.ops).toEqual(traceOf([['mlockall', 0, 0]]).ops);
  });

  it('takes a sequence without an end for a failure when there is a reason, and counts it as cut when not', async () => {
    const dead = new FakeKernel(undefined, (ops) => {
      const at = ops.findIndex((kind, i) => i % 8 === 0 && kind === OP.exec);
      return at < 0 ? undefined : { steps: at / 8, ended: 'the kernel is gone' };
    });
    const { counterexample } = await checkKernel(dead, OPTIONS);
    expect(counterexample?.failure).toMatchObject({
      kind: 'hang',
      detail: 'process 0: exec has no answer: the kernel is gone',
    });
    expect(counterexample?.observations).toEqual([]);
    const short = new FakeKernel(undefined, () => ({ steps: 3 }));
    const { outcome, counts } = await checkKernel(short, OPTIONS);
    expect([outcome, counts.cut, counts.operations]).toEqual(['passed', 100, 300]);
  });

  it('keeps a find as it was when the kernel does not repeat it', async () => {
    let first = true;
    const kernel = kernelOf((ops, at, obs) => {
      if (ops[at] !== OP.status || !first) return;
      first = false;
      obs[0] = -99;
    });
    const { counterexample } = await checkKernel(kernel, OPTIONS);
    expect(counterexample?.failure.detail).toBe('process 0: status gave errno 99, allowed ok');
    expect(counterexample?.foundWith).toBeGreaterThan(10);
    expect(counterexample?.trace.ops.length).toBeGreaterThan(8);
  });

  it('judges by the release that it is told', async () => {
    const old = new FakeKernel(new FakeSystem(undefined, 0), undefined, 'vm');
    const verdict = await checkKernel(old, { ...OPTIONS, runs: 300, release: RELEASE });
    expect(verdict.outcome).toBe('failed');
    expect(verdict.counterexample?.failure.explainedBy?.length).toBeGreaterThan(0);
  });

  it('tells how far it is, and asks no more often than it has to', async () => {
    const kernel = new FakeKernel();
    const asked: number[] = [];
    const run = kernel.run.bind(kernel);
    kernel.run = async (traces) => {
      asked.push(traces.length);
      await new Promise((done) => setTimeout(done, 30));
      return run(traces);
    };
    const seen: { sequences: number; operations: number }[] = [];
    const { counts } = await checkKernel(kernel, {
      ...OPTIONS,
      onProgress: (progress) => seen.push(progress),
    });
    expect(asked.slice(0, 4)).toEqual([32, 32, 32, 4]);
    expect(asked).not.toContain(0);
    // While it waits for the third batch at the latest, and at the end.
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toEqual({ sequences: 100, operations: counts.operations });
  });

  it('asks a kernel that is lost no more', async () => {
    const kernel = new FakeKernel();
    let asked = 0;
    kernel.run = () => {
      asked++;
      return Promise.reject(new Error('gone'));
    };
    await checkKernel(kernel, { ...OPTIONS, runs: 1_000 });
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('stops at a signal and says so', async () => {
    const controller = new AbortController();
    const kernel = new FakeKernel();
    const run = kernel.run.bind(kernel);
    kernel.run = async (traces) => {
      controller.abort();
      return run(traces);
    };
    const verdict = await checkKernel(kernel, { ...OPTIONS, runs: Infinity, signal: controller.signal });
    expect(verdict.incomplete).toBe(`interrupted after ${verdict.counts.sequences} sequences`);
    expect(kernel.sequences).toBe(verdict.counts.sequences);
  });

  it('says why the kernel could not be asked, at all or any more', async () => {
    const kernel = new FakeKernel();
    kernel.run = () => Promise.reject(new Error('no kernel'));
    expect(await checkKernel(kernel, OPTIONS)).toMatchObject({ outcome: 'not-run', reason: 'no kernel' });
    const dying = new FakeKernel();
    const run = dying.run.bind(dying);
    dying.run = (traces) => (dying.sequences < 60 ? run(traces) : Promise.reject('it is gone'));
    expect(await checkKernel(dying, OPTIONS)).toMatchObject({
      outcome: 'not-run',
      reason: 'not all that was asked for: it is gone',
      incomplete: 'after 64 sequences the kernel was lost: it is gone',
    });
  });

  it('keeps a find as it was when the kernel is lost while shrinking', async () => {
    const kernel = kernelOf(defects);
    const run = kernel.run.bind(kernel);
    kernel.run = (traces) => (kernel.sequences < 100 ? run(traces) : Promise.reject(new Error('gone')));
    const { outcome, counterexample } = await checkKernel(kernel, OPTIONS);
    expect(outcome).toBe('failed');
    expect(counterexample?.shrinkRuns).toBe(0);
    expect(counterexample?.trace.ops.length).toBe(8 * (counterexample?.foundWith ?? 0));
  });

  it('does not take its own mistakes for a lost kernel', async () => {
    const kernel = kernelOf(defects);
    const run = kernel.run.bind(kernel);
    // Too few answers: whoever judges them runs into something undefined.
    kernel.run = async (traces) => (kernel.sequences < 100 ? run(traces) : []);
    await expect(checkKernel(kernel, OPTIONS)).rejects.toThrow(TypeError);
  });
});

describe('known findings', () => {
  it('are told apart from disagreements, each with its shortest sequence on this kernel', async () => {
    const kernel = new FakeKernel();
    const { outcome, findings = [] } = await checkKernel(kernel, { ...OPTIONS, runs: 600 });
    expect(outcome).toBe('passed');
    const ids = findings.map(({ id }) => id);
    expect(ids).toContain('second-mapping-charged');
    for (const { id, text, sequences, counterexample } of findings) {
      const finding = KNOWN_FINDINGS.find((known) => known.id === id);
      expect(text).toBe(finding?.sides[1]);
      expect(sequences).toBeGreaterThan(0);
      expect(counterexample.failure.step).toBe(counterexample.observations.length - 1);
    }
    const charged = findings.find(({ id }) => id === 'second-mapping-charged')?.counterexample;
    expect(charged?.trace.ops.length).toBeLessThanOrEqual(5 * 8);
  });

  it('do not hide a disagreement beside them', async () => {
    const kernel = kernelOf(defects);
    const { outcome, counterexample, findings } = await checkKernel(kernel, { ...OPTIONS, runs: 300 });
    expect(outcome).toBe('failed');
    expect(counterexample?.failure.detail).toContain('EPERM');
    expect(findings?.length).toBeGreaterThan(0);
  });

  it('explain a kernel that has been put right', async () => {
    const repaired = new FakeKernel(new FakeSystem(undefined, FLAVOUR));
    const { outcome, counterexample } = await checkKernel(repaired, { ...OPTIONS, runs: 300 });
    expect(outcome).toBe('failed');
    expect(counterexample?.failure.explainedBy).toEqual(['second-mapping-charged']);
  });
});
