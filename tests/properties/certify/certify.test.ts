import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { type Trace, traceLength } from '#model/alphabet/trace';
import type { Design } from '#model/designs/design';
import { MUTANTS } from '#model/mutants/index';
import { Spec } from '#model/spec/index';
import type { Counterexample } from '#model/verdict';
import { traces } from '#properties/arbitraries/traces';
import { boundsAround } from '#properties/certify/bounds-of';
import { certify, certifyVerdict } from '#properties/certify/certify';
import { uncertified } from '#properties/certify/uncertified';
import { modelSubject } from '#properties/checkers/model-subject';
import { replayOnDesign } from '#properties/checkers/replay';
import { TraceRunner } from '#properties/checkers/run-trace';
import { alphabetOf } from '#properties/explorer/alphabet';
import { failureClass } from '#shrinkers/same-failure';
import { traceOf } from '../../shrinkers/traces.js';

const LIMITS = { timeMs: 120_000, bytes: 1e9 };

function mutant(id: string): Design {
  const found = MUTANTS.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`no mutant is called ${id}`);
  return found.design;
}

function fails(design: Design, trace: Trace): Counterexample {
  const { counterexample } = replayOnDesign(design, trace);
  if (counterexample === undefined) throw new Error(`${design.id} passes`);
  return counterexample;
}

const classOf = ({ trace, failure }: Counterexample): string =>
  failureClass(trace.ops[failure.step * OP_WIDTH] ?? -1, failure);

const SPLIT = traceOf([
  ['open', 0, 0, 0, -1],
  ['mmap', 0, 0, 0, 2, 1],
  ['munmap', 0, 0, 1],
]);

describe('certify', () => {
  it('proves that a shortest counterexample is one, within wide bounds', async () => {
    const design = mutant('vma-split');
    const { trace, certificate } = await certify(design, fails(design, SPLIT), LIMITS);
    expect(trace).toEqual(SPLIT);
    expect(certificate).toMatchObject({ proven: true, bounds: 'wide around the trace' });
    expect(certificate?.reason).toBeUndefined();
    expect(certificate?.transitions).toBeGreaterThan(1_000);
  });

  it('finds a shorter one where there is one, and shrinks it', async () => {
    const design = mutant('vma-split');
    const long = traceOf([
      ['open', 0, 1, 0, -1],
      ['fork', 0, 1],
      ['mmap', 1, 1, 4, 5, 1],
      ['munmap', 1, 4, 2],
    ]);
    const before = { ...fails(design, long), foundWith: 40, shrinkRuns: 7 };
    const { trace, failure, certificate, foundWith, shrinkRuns } = await certify(design, before, LIMITS);
    expect(trace).toEqual(SPLIT);
    expect(failure.rule).toBe(before.failure.rule);
    expect(certificate?.proven).toBe(true);
    expect(foundWith).toBe(40);
    expect(shrinkRuns).toBeGreaterThan(7);
  });

  it('is not content with another failure', async () => {
    const design = mutant('mapfail-minimal-forgets-unmapped');
    const mapped = traceOf([
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 1, 1],
      ['inject', 0, 1, 0],
      ['mmap', 0, 0, 0, 1, 1],
    ]);
    const shorter = traceOf([
      ['open', 0, 0, 0, -1],
      ['inject', 0, 1, 0],
      ['mmap', 0, 0, 0, 1, 1],
    ]);
    const [one, other] = [fails(design, mapped), fails(design, shorter)];
    expect(classOf(one)).not.toBe(classOf(other));
    const { trace, certificate } = await certify(design, one, LIMITS);
    expect(traceLength(trace.ops)).toBe(4);
    expect(certificate?.proven).toBe(true);
  });

  it('says what it could not prove', async () => {
    const design = mutant('vma-split');
    const none = await certify(design, fails(design, SPLIT), { ...LIMITS, timeMs: 0 });
    expect(none.certificate).toMatchObject({ proven: false, bounds: 'near around the trace' });
    expect(none.certificate?.reason).toMatch(
      /^the time of 0 s was over when no sequence of up to 0 operations/,
    );
    const aborted = await certify(design, fails(design, SPLIT), { ...LIMITS, signal: AbortSignal.abort() });
    expect(aborted.certificate?.reason).toMatch(/^interrupted/);
  });

  it('certifies verdicts that have a counterexample; of a real kernel nothing is proven', async () => {
    const design = mutant('vma-split');
    const verdict = await certifyVerdict(design, replayOnDesign(design, SPLIT), LIMITS);
    expect(verdict.counterexample?.certificate?.proven).toBe(true);
    const passed = replayOnDesign(design, traceOf([['munlockall', 0]]));
    expect(await certifyVerdict(design, passed, LIMITS)).toBe(passed);
    expect(uncertified(passed)).toBe(passed);
    expect(uncertified(verdict).counterexample?.certificate).toEqual({
      proven: false,
      bounds: 'none',
      reason: 'a real kernel cannot be searched: it is the shortest that shrinking found',
      operations: 0,
      states: 0,
      transitions: 0,
    });
    expect(uncertified(verdict).counterexample?.trace).toEqual(SPLIT);
  });
});

describe('bounds around a trace', () => {
  const drawn = traces(new Spec(0), { maxLength: 5 });

  it('hold the trace, and what is renamed in it', () => {
    fc.assert(
      fc.property(drawn, fc.constantFrom('near' as const, 'wide' as const), (trace, width) => {
        const ops = alphabetOf(boundsAround(trace, width));
        const all = new Set<string>();
        for (let at = 0; at < ops.length; at += OP_WIDTH) all.add(ops.slice(at, at + OP_WIDTH).join());
        for (let at = 0; at < trace.ops.length; at += OP_WIDTH) {
          const op = trace.ops.slice(at, at + OP_WIDTH);
          expect(all).toContain(op.join());
          if (op[0] === OP.close || op[0] === OP.munmap) expect(all).toContain(op.with(1, 0).join());
        }
      }),
      { numRuns: 15 },
    );
  });

  it('start from the environment of the trace', () => {
    const trace = traceOf([['status', 0]], { ...DEFAULT_ENV, gift: 3 });
    expect(boundsAround(trace, 'near').env).toEqual(trace.env);
  });

  it('have no shorter failure when all their sequences are run one by one', () => {
    for (const id of ['vma-split', 'shared-prot']) {
      const design = mutant(id);
      const start =
        id === 'vma-split'
          ? SPLIT
          : traceOf([
              ['open', 0, 0, 0, -1],
              ['mmap', 0, 0, 0, 2, 3],
            ]);
      const wanted = fails(design, start);
      const runner = new TraceRunner(modelSubject(design));
      const ops = alphabetOf(boundsAround(start, 'near'));
      const seen = new Set<string>();
      const everyOf = (length: number, before: readonly number[]): void => {
        if (length === 0) return;
        for (let at = 0; at < ops.length; at += OP_WIDTH) {
          const next = [...before, ...ops.slice(at, at + OP_WIDTH)];
          const trace = { env: start.env, ops: Int32Array.from(next) };
          const failure = runner.fails(trace);
          if (failure !== undefined) seen.add(failureClass(ops[at] ?? -1, failure));
          else everyOf(length - 1, next);
        }
      };
      everyOf(traceLength(start.ops) - 1, []);
      expect(seen).not.toContain(classOf(wanted));
      everyOf(traceLength(start.ops), []);
      expect(seen).toContain(classOf(wanted));
    }
  });
});

describe('certify, with little time', () => {
  it('keeps what is proven for near bounds when wide ones are too much', async () => {
    const design = mutant('vma-split');
    const { certificate } = await certify(design, fails(design, SPLIT), { ...LIMITS, bytes: 1 });
    expect(certificate?.proven).toBe(false);
    const long = mutant('refund-per-event');
    const trace = traceOf([
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 1, 3],
      ['open', 0, 1, 4, 0],
      ['store', 0, 0, 1, 1],
      ['store', 0, 0, 2, 1],
      ['mmap', 0, 1, 1, 1, 1, 0, 1],
      ['exit', 0],
    ]);
    const found = await certify(long, fails(long, trace), { ...LIMITS, timeMs: 5_000 });
    expect(found.certificate).toMatchObject({ proven: true, bounds: 'near around the trace' });
    expect(found.certificate?.reason).toContain('wide around the trace: the time of');
  }, 120_000);
});
