import { describe, expect, it } from 'vitest';
import { BOUND, HANG, OK } from '#model/alphabet/observations';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { OUT_OF_SCOPE } from '#model/alphabet/specification';
import { Spec, VP } from '#model/spec/index';
import { decodeToken } from '#model/trace/token';
import { type RandomOptions, searchRandom } from '#properties/checkers/random';
import { replayOn } from '#properties/checkers/replay';
import { traceOf } from '../../shrinkers/traces.js';
import { type Alter, FakeSystem, FLAVOUR, fakeInvariants, fakeSubject } from './fakes.js';

const OPTIONS: RandomOptions = { seed: 1, runs: 300, length: 40, timeMs: 60_000 };

/** Every `msync` that should fail succeeds. */
const badMsync: Alter = (ops, at, obs) => {
  if (ops[at] === OP.msync && obs[0] < 0) obs[0] = OK;
};

describe('searchRandom', () => {
  it('passes a System that does what the specification says', async () => {
    const verdict = await searchRandom(fakeSubject(), OPTIONS);
    expect(verdict).toMatchObject({ system: 'fake', outcome: 'passed', seed: 1, invariants: {} });
    expect(verdict).not.toHaveProperty('incomplete');
    expect(verdict).not.toHaveProperty('counterexample');
  });

  it('counts exactly what was done', async () => {
    let operations = 0;
    let maps = 0;
    const count: Alter = (ops, at) => {
      operations++;
      if (ops[at] === OP.maps) maps++;
    };
    const { counts } = await searchRandom(fakeSubject(count), OPTIONS);
    expect(counts.sequences).toBe(300);
    expect(counts.operations).toBe(operations);
    expect(counts.perOp.reduce((sum, [done]) => sum + done, 0)).toBe(operations);
    expect(counts.perOp[OP.maps][0]).toBe(maps);
    expect(counts.perOp.length).toBe(OP_NAMES.length);
    for (const [done, ok] of counts.perOp) expect(ok).toBeLessThanOrEqual(done);
    expect(counts.skipped).toBeGreaterThan(0);
    expect(counts.missing).toBeGreaterThan(counts.skipped);
    expect((counts.missing ?? operations) / operations).toBeLessThan(0.1);
  });

  it('comes to the same verdict for the same seed', async () => {
    const verdict = () => searchRandom(fakeSubject(badMsync), OPTIONS);
    expect(await verdict()).toEqual(await verdict());
    const other = await searchRandom(fakeSubject(), { ...OPTIONS, seed: 2 });
    expect(other.counts.perOp).not.toEqual((await searchRandom(fakeSubject(), OPTIONS)).counts.perOp);
  });

  it('shrinks what it finds, and gives a token that replays it', async () => {
    const subject = fakeSubject(badMsync);
    const { outcome, counterexample } = await searchRandom(subject, OPTIONS);
    expect(outcome).toBe('failed');
    // What was found is msync of a perf mapping, for which the specification has a rule of its own.
    expect(counterexample?.trace).toEqual(
      traceOf([
        ['open', 0, 0, 0, -1],
        ['mmap', 0, 0, 0, 1, 1],
        ['msync', 0, 0, 1, 4],
      ]),
    );
    expect(counterexample?.failure).toMatchObject({ kind: 'spec', rule: 'spec', step: 2, proc: 0, page: 0 });
    expect(counterexample?.failure.detail).toContain('msync gave ok, allowed E');
    expect(counterexample?.foundWith).toBeGreaterThan(1);
    expect(counterexample?.shrinkRuns).toBeGreaterThan(1);
    expect(counterexample?.observations.length).toBe(3);
    expect(counterexample).not.toHaveProperty('pictures');
    const { system, trace } = decodeToken(counterexample?.token ?? '');
    expect(system).toBe('fake');
    expect(replayOn(subject, trace)).toMatchObject({
      outcome: 'failed',
      counterexample: { failure: counterexample?.failure, foundWith: 3, shrinkRuns: 0 },
    });
  });

  it('names the variation point whose other side would explain a find', async () => {
    const subject = fakeSubject(undefined, {
      system: new FakeSystem(undefined, FLAVOUR ^ (1 << VP.dontneedRefused)),
    });
    const { counterexample } = await searchRandom(subject, { ...OPTIONS, runs: 2_000 });
    expect(counterexample?.failure.explainedBy).toEqual(['dontneed-refused']);
  });

  it('finds what an invariant says, before what the specification says', async () => {
    let last = -1;
    const invariants = fakeInvariants({
      check: (ops, at, obs) => {
        last = ops[at];
        return ops[at] === OP.msync && obs[0] === OK ? 1 : 0;
      },
    });
    const subject = fakeSubject(badMsync, { invariants, applied: () => ({ 'fake-rule': 7 }) });
    const { counterexample, invariants: applied } = await searchRandom(subject, OPTIONS);
    expect(last).toBe(OP.msync);
    expect(applied).toEqual({ 'fake-rule': 7 });
    expect(counterexample?.failure).toMatchObject({ kind: 'invariant', rule: 'fake-rule', page: 3 });
    expect(counterexample?.failure.allowed).toBeUndefined();
  });

  it('asks the invariants of the end when no process lives, and only then', async () => {
    let ends = 0;
    const atEnd = () => {
      ends++;
      return 0;
    };
    const { counts } = await searchRandom(
      fakeSubject(undefined, { invariants: fakeInvariants({ atEnd }) }),
      OPTIONS,
    );
    expect(ends).toBe(counts.sequences - counts.cut);
    const leaking = fakeSubject(undefined, { invariants: fakeInvariants({ atEnd: () => 1 }) });
    const { counterexample } = await searchRandom(leaking, OPTIONS);
    expect(counterexample?.trace).toEqual(traceOf([['exit', 0]]));
  });

  it('finds an operation that does not end', async () => {
    const subject = fakeSubject((ops, at, obs) => {
      if (ops[at] === OP.store && obs[0] === OK) obs[0] = HANG;
    });
    const { counterexample } = await searchRandom(subject, OPTIONS);
    expect(counterexample?.failure).toMatchObject({ kind: 'hang', rule: 'hang', step: 1, proc: 0 });
    expect(counterexample?.failure.detail).toBe('process 0: store does not terminate');
    expect(counterexample?.trace).toEqual(
      traceOf([
        ['mmap', 0, -1, 0, 1, 3],
        ['store', 0, 0, 0, 0],
      ]),
    );
  });

  it('ends a sequence without a verdict where a table is full, or the specification leaves it open', async () => {
    const full = fakeSubject((ops, at, obs) => {
      if (ops[at] === OP.fork) obs[0] = BOUND;
    });
    const { outcome, counts } = await searchRandom(full, OPTIONS);
    expect(outcome).toBe('passed');
    expect(counts.perOp[OP.fork][0]).toBeGreaterThan(0);
    expect(counts.cut).toBeGreaterThanOrEqual(counts.perOp[OP.fork][0]);
    class Open extends Spec {
      override accept(ops: Int32Array, at: number, obs: Int32Array): number {
        return ops[at] === OP.exec ? OUT_OF_SCOPE : super.accept(ops, at, obs);
      }
    }
    const open = await searchRandom(fakeSubject(undefined, { specification: (f) => new Open(f) }), OPTIONS);
    expect(open.counts.cut).toBeGreaterThanOrEqual(open.counts.perOp[OP.exec][0]);
    expect(open.counts.cut).toBeGreaterThan(0);
  });

  it('closes each sequence with what /proc shows, loads and exits of every process', async () => {
    const lasts = new Set<number>();
    let last = -1;
    const kinds = new Set<number>();
    const subject = fakeSubject((ops, at) => {
      last = ops[at];
      kinds.add(ops[at]);
    });
    const reset = subject.system.reset.bind(subject.system);
    subject.system.reset = (env) => {
      if (last >= 0) lasts.add(last);
      reset(env);
    };
    await searchRandom(subject, { ...OPTIONS, length: 0, runs: 5 });
    expect([...kinds].map((kind) => OP_NAMES[kind])).toEqual(['maps', 'status', 'headroom', 'exit']);
    expect([...lasts]).toEqual([OP.exit]);
  });

  it('says which sequence it was when the System throws', async () => {
    const subject = fakeSubject((ops, at) => {
      if (ops[at] === OP.mremap) throw new TypeError('a hook is wrong');
    });
    const thrown: unknown = await searchRandom(subject, OPTIONS).catch((error: unknown) => error);
    expect(String(thrown)).toMatch(/^Error: fake throws: TypeError: a hook is wrong; replay it with ma1:/);
    const { trace } = decodeToken(String(thrown).replace(/.* /, ''));
    expect(trace.ops.at(-8)).toBe(OP.mremap);
    expect(thrown).toHaveProperty('cause', expect.any(TypeError));
  });

  it('shows the address space after each step where the System draws it', async () => {
    const subject = fakeSubject(badMsync, { picture: (proc) => [`arena of ${proc}`] });
    const { counterexample } = await searchRandom(subject, OPTIONS);
    expect(counterexample?.pictures).toEqual([['arena of 0'], ['arena of 0'], ['arena of 0']]);
  });
});

describe('searchRandom, ended early', () => {
  it('says so when the time was over before the runs', async () => {
    const verdict = await searchRandom(fakeSubject(), { ...OPTIONS, runs: 1e9, timeMs: 60 });
    expect(verdict.outcome).toBe('passed');
    expect(verdict.incomplete).toMatch(/^the time of 0\.06 s was over after \d+ of 1000000000 sequences$/);
  });

  it('is complete when the time was all that was asked for', async () => {
    const verdict = await searchRandom(fakeSubject(), { ...OPTIONS, runs: Infinity, timeMs: 60 });
    expect(verdict.incomplete).toBeUndefined();
    expect(verdict.counts.sequences).toBeGreaterThan(0);
  });

  it('hears a signal while it runs, and keeps what it counted', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 80);
    const start = performance.now();
    const verdict = await searchRandom(fakeSubject(), {
      ...OPTIONS,
      runs: Infinity,
      signal: controller.signal,
    });
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(verdict.incomplete).toBe(`interrupted after ${verdict.counts.sequences} sequences`);
    expect(verdict.counts.sequences).toBeGreaterThan(0);
  });

  it('keeps a find when it is interrupted while shrinking', async () => {
    const controller = new AbortController();
    const subject = fakeSubject((ops, at, obs) => {
      const right = obs[0];
      badMsync(ops, at, obs);
      if (obs[0] !== right) controller.abort();
    });
    const verdict = await searchRandom(subject, { ...OPTIONS, signal: controller.signal });
    expect(verdict.outcome).toBe('failed');
    expect(verdict.counterexample?.failure.rule).toBe('spec');
    // Nothing is shrunk any more.
    expect(verdict.counterexample?.shrinkRuns).toBe(0);
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    await searchRandom(fakeSubject(), {
      ...OPTIONS,
      runs: Infinity,
      timeMs: 200,
      onProgress: ({ sequences, operations }) => {
        expect(operations).toBeGreaterThan(sequences);
        seen.push(sequences);
      },
    });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});
