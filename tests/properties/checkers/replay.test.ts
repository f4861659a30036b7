import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { BOUND, HANG, OK } from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { DESIGNS } from '#model/designs/index';
import { VP } from '#model/spec/index';
import { replayOn, replayOnDesign, replayOnKernel } from '#properties/checkers/replay';
import { TraceRunner } from '#properties/checkers/run-trace';
import { traceOf } from '../../shrinkers/traces.js';
import {
  type Alter,
  FakeKernel,
  FakeSystem,
  FLAVOUR,
  fakeInvariants,
  fakeSubject,
  KERNEL_FLAVOUR,
} from './fakes.js';

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

  it('shows the address space of whoever did it after each step, where the System draws it', () => {
    const wrong: Alter = (ops, at, obs) => {
      if (ops[at] === OP.load) obs[1] = 21;
    };
    const child = traceOf([
      ['fork', 0, 1],
      ['mmap', 1, -1, 0, 1, 1, 1, 0],
      ['load', 1, 0, 0],
    ]);
    const drawn = replayOn(fakeSubject(wrong, { picture: (proc) => [`arena of ${proc}`] }), child);
    expect(drawn.counterexample?.pictures).toEqual([['arena of 0'], ['arena of 1'], ['arena of 1']]);
    expect(drawn.counterexample?.observations.map((obs) => obs.length)).toEqual([2, 2, 2]);
    expect(drawn.counts.cut).toBe(0);
    expect(replayOn(fakeSubject(wrong), child).counterexample).not.toHaveProperty('pictures');
  });

  it('explains what the specification rejects, and not what an invariant forbids', () => {
    const other = new FakeSystem(undefined, FLAVOUR ^ (1 << VP.gupRefused));
    const spliced = traceOf([
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 2, 3],
      // Whether a page is resident is asked for here, and comes to the same.
      ['maps', 0],
      ['vmsplice', 0, 0],
      ['exit', 0],
    ]);
    const rejected = replayOn(fakeSubject(undefined, { system: other }), spliced).counterexample;
    expect(rejected?.failure).toMatchObject({ kind: 'spec', step: 3, explainedBy: ['gup-refused'] });
    const invariants = fakeInvariants({ check: (ops, at) => (ops[at] === OP.vmsplice ? 1 : 0) });
    const broken = replayOn(fakeSubject(undefined, { invariants }), spliced).counterexample;
    expect(broken?.failure).toMatchObject({ kind: 'invariant', step: 3 });
    expect(broken?.failure).not.toHaveProperty('explainedBy');
  });

  it('names who does not come to an end', () => {
    const hanging = fakeSubject((ops, at, obs) => {
      if (ops[at] === OP.munlockall) obs[0] = HANG;
    });
    const steps = traceOf([
      ['fork', 0, 1],
      ['munlockall', 1],
    ]);
    expect(replayOn(hanging, steps).counterexample?.failure).toMatchObject({
      kind: 'hang',
      text: 'Every operation terminates.',
      detail: 'process 1: munlockall does not terminate',
      proc: 1,
      step: 1,
    });
  });

  it('asks nothing about a state that the System cannot hold', () => {
    let asked = 0;
    const invariants = fakeInvariants({
      check: () => {
        asked++;
        return 0;
      },
    });
    const full: Alter = (ops, at, obs) => {
      if (ops[at] === OP.store) obs[0] = BOUND;
    };
    replayOn(fakeSubject(full, { invariants }), trace);
    expect(asked).toBe(2);
  });

  it('does not look for what is wrong behind where a trace was cut short', () => {
    const runner = new TraceRunner(
      fakeSubject((ops, at, obs) => {
        if (ops[at] === OP.store) obs[0] = BOUND;
        if (ops[at] === OP.load) obs[0] = -99;
      }),
    );
    expect(runner.fails(trace)).toBeUndefined();
    const { env, ops } = trace;
    expect(runner.fails({ env, ops: ops.slice(3 * OP_WIDTH) })?.kind).toBe('spec');
  });

  it('asks the invariants of the end only when the last process is gone', () => {
    let ends = 0;
    const invariants = fakeInvariants({
      atEnd: () => {
        ends++;
        return 0;
      },
    });
    const exits = traceOf([
      ['fork', 0, 2],
      ['exit', 0],
      ['exit', 0],
      ['munlockall', 2],
    ]);
    replayOn(fakeSubject(undefined, { invariants }), exits);
    expect(ends).toBe(0);
    replayOn(
      fakeSubject(undefined, { invariants }),
      traceOf([
        ['fork', 0, 2],
        ['exit', 0],
        ['exit', 2],
        ['maps', 2],
      ]),
    );
    expect(ends).toBe(1);
    replayOn(
      fakeSubject(undefined, { invariants }),
      traceOf([
        ['exit', 0],
        ['exit', 0],
      ]),
    );
    expect(ends).toBe(2);
    const leaking = fakeSubject(undefined, { invariants: fakeInvariants({ atEnd: () => 1 }) });
    expect(replayOn(leaking, trace).counterexample?.failure).toMatchObject({ kind: 'invariant', step: 4 });
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

  it('shows the address space of a design after each step that led to what is wrong', () => {
    const { may_split: _, ...vm_ops } = advance.vm_ops;
    const split = traceOf([
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 4, 2, 1],
      ['munmap', 0, 4, 1],
    ]);
    const { counterexample } = replayOnDesign({ ...advance, vm_ops }, split);
    const [opened, mapped, after] = counterexample?.pictures ?? [];
    expect(opened.join()).not.toBe(mapped.join());
    expect(mapped.join()).not.toBe(after.join());
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

  it('does not name what is known beside what is not', async () => {
    const twice = [
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 2, 3],
      ['mmap', 0, 0, 4, 2, 3],
      ['headroom', 0],
      ['store', 0, 0, 0, 20],
    ] as const;
    const wrong: Alter = (ops, at, obs) => {
      if (ops[at] === OP.store) obs[0] = OK - 14;
    };
    const failed = await replayOnKernel(
      new FakeKernel(new FakeSystem(wrong, KERNEL_FLAVOUR)),
      traceOf(twice),
    );
    expect(failed.outcome).toBe('failed');
    expect(failed).not.toHaveProperty('findings');
    const passed = await replayOnKernel(new FakeKernel(), trace);
    expect(passed).toMatchObject({ outcome: 'passed', counts: { cut: 0, operations: 5 } });
    expect(passed).not.toHaveProperty('findings');
    expect(passed.observed?.length).toBe(5);
  });
});
