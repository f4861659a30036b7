import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import type { Recording } from '#model/alphabet/system';
import { type Trace, traceLength } from '#model/alphabet/trace';
import type { Finding } from '#model/spec/findings';
import { KNOWN_FINDINGS } from '#model/spec/index';
import type { Failure } from '#model/verdict';
import { KernelOracle, type Witness } from '#properties/checkers/kernel-oracle';
import { traceOf } from '../../shrinkers/traces.js';
import { bitOf } from '../conformance/kernels.js';
import { FakeKernel, KERNEL_FLAVOUR, RELEASE } from './fakes.js';
import { counterexamplesOf, judged, played } from './judged.js';

const OPEN = ['open', 0, 0, 0, -1] as const;
const MAP = ['mmap', 0, 0, 0, 2, 1, 0, 0] as const;

describe('KernelJudge', () => {
  it('tells what one point explains once, however many operations show it', async () => {
    const kernel = played(KERNEL_FLAVOUR ^ bitOf('lru-advice-refused'));
    const traces = [
      traceOf([OPEN, ['fork', 0, 1], MAP, ['madvise', 0, 0, 2, 17]]),
      traceOf([OPEN, MAP, ['load', 0, 0, 0], ['madvise', 0, 0, 2, 18], ['exit', 0]]),
      traceOf([['exit', 0]]),
    ];
    const { verdict, shrunk, judge } = await judged(kernel, traces);
    expect(judge.disagreed).toBe(2);
    expect(shrunk.length).toBe(1);
    const [found, ...others] = counterexamplesOf(verdict);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      sequences: 2,
      foundWith: 4,
      failure: { explainedBy: ['lru-advice-refused'] },
    });
    expect(traceLength(found.trace.ops)).toBe(3);
  });

  it('asks the kernel little about what the specification can play', async () => {
    const kernel = played(KERNEL_FLAVOUR ^ bitOf('gup-refused'));
    const long = [
      ...Array.from({ length: 40 }, () => ['munlockall', 0] as const),
      OPEN,
      MAP,
      ['vmsplice', 0, 0] as const,
    ];
    const { verdict } = await judged(kernel, [traceOf(long)]);
    const [found] = counterexamplesOf(verdict);
    expect(traceLength(found.trace.ops)).toBe(3);
    expect(found.shrinkRuns).toBeGreaterThan(kernel.sequences);
    expect(kernel.sequences).toBeLessThan(300);
  });

  it('keeps causes apart while it shrinks: another one that is shorter does not take the place', async () => {
    // A mapping that was touched shows two points at once, an untouched one only one of them.
    const kernel = played(KERNEL_FLAVOUR ^ bitOf('not-resident') ^ bitOf('pfnmap-flags'));
    const traces = [traceOf([OPEN, MAP, ['load', 0, 0, 0], ['maps', 0]]), traceOf([OPEN, MAP, ['maps', 0]])];
    const { verdict } = await judged(kernel, traces);
    const causes = counterexamplesOf(verdict).map(({ failure: { explainedBy, explainedTogether } }) => [
      explainedBy,
      explainedTogether,
    ]);
    expect(causes).toContainEqual([['not-resident', 'pfnmap-flags'], true]);
    expect(causes).toContainEqual([['pfnmap-flags'], undefined]);
    expect(causes.length).toBe(2);
  });

  it('shrinks those seen most often, and keeps the rest as it was found', async () => {
    let code = 0;
    const codes = new Map<number, number>();
    // Every kind of operation fails in a way of its own.
    const kernel = played(KERNEL_FLAVOUR, (ops, at, obs) => {
      const kind = ops[at];
      if (kind === OP.exit || kind === OP.open) return;
      if (!codes.has(kind)) codes.set(kind, --code);
      obs[0] = 200 * (codes.get(kind) ?? 0);
    });
    const kinds = [
      'munlockall',
      'maps',
      'status',
      'headroom',
      'exec',
      'mlockall',
      'rlimit',
      'record',
      'munmap',
      'mprotect',
      'madvise',
      'mlock',
      'munlock',
      'mincore',
      'msync',
    ] as const;
    const traces = kinds.map((kind) => traceOf([OPEN, [kind, 0, 1, 1, 1]]));
    const { verdict } = await judged(kernel, traces);
    const found = counterexamplesOf(verdict);
    expect(found.length).toBe(kinds.length);
    expect(found.filter(({ shrinkRuns }) => shrinkRuns === 0).length).toBe(kinds.length - 12);
  });

  it('takes what is there when it is told to stop', async () => {
    const kernel = played(KERNEL_FLAVOUR ^ bitOf('gup-refused'));
    const { verdict } = await judged(kernel, [traceOf([OPEN, ['fork', 0, 1], MAP, ['vmsplice', 0, 0]])], {
      stop: () => true,
    });
    const [found] = counterexamplesOf(verdict);
    expect([traceLength(found.trace.ops), found.shrinkRuns]).toEqual([4, 0]);
    expect(kernel.sequences).toBe(1);
  });

  it('says nothing of what there is not', async () => {
    const { verdict, shrunk, judge } = await judged(new FakeKernel(), [traceOf([['exit', 0]])]);
    expect(verdict).toMatchObject({ outcome: 'passed', counts: { sequences: 1, cut: 0 } });
    for (const absent of ['counterexample', 'further', 'findings', 'incomplete', 'reason'])
      expect(verdict).not.toHaveProperty(absent);
    expect([shrunk, judge.disagreed, judge.kinds]).toEqual([[], 0, 0]);
  });

  it('counts what was cut short, and tells why less was done', async () => {
    const short = new FakeKernel(undefined, () => ({ steps: 1 }));
    const { verdict } = await judged(short, [traceOf([OPEN, MAP])], {
      incomplete: 'interrupted',
      lost: 'gone',
    });
    expect(verdict).toMatchObject({
      outcome: 'not-run',
      reason: 'not all that was asked for: gone',
      incomplete: 'interrupted',
      counts: { cut: 1, operations: 1 },
    });
  });

  it('was not run where nothing was answered because the kernel was lost', async () => {
    const lost = await judged(new FakeKernel(), [], { incomplete: 'lost', lost: 'gone' });
    expect(lost.verdict).toMatchObject({ outcome: 'not-run', reason: 'gone' });
    const idle = await judged(new FakeKernel(), []);
    expect(idle.verdict.outcome).toBe('passed');
  });

  it('tells known findings by their names, with how often they were seen, the one seen most first', async () => {
    const [charged, ...others] = KNOWN_FINDINGS;
    const other = others[1];
    /** Takes what is seen in a sequence that begins with `maps` for another finding. */
    class Told extends KernelOracle {
      override witnesses(trace: Trace, recording: Recording): Witness[] {
        const failure = super.shows(charged, trace, recording);
        if (failure === undefined) return [];
        return [{ finding: trace.ops[0] === OP.maps ? other : charged, failure }];
      }

      override shows(_: Finding, trace: Trace, recording: Recording): Failure | undefined {
        return super.shows(charged, trace, recording);
      }
    }
    const twice = [OPEN, MAP, ['mmap', 0, 0, 4, 2, 1, 0, 0], ['headroom', 0]] as const;
    const traces = [traceOf(twice), traceOf([['maps', 0], ...twice]), traceOf([['maps', 0], ...twice])];
    const { verdict, shrunk } = await judged(new FakeKernel(), traces, {}, new Told(RELEASE));
    expect((verdict.findings ?? []).map(({ id, text, sequences }) => [id, text, sequences])).toEqual([
      [other.id, other.sides[1], 2],
      [charged.id, charged.sides[1], 1],
    ]);
    expect(shrunk).toEqual([other.id, charged.id]);
  });
});
