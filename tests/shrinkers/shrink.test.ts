import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROT_WRITE } from '#model/alphabet/operands';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { type Trace, traceLength } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { traces } from '#properties/arbitraries/traces';
import { firstSteps } from '#shrinkers/edit';
import { withoutIdle } from '#shrinkers/idle';
import { type BatchShrinkOptions, type Failing, shrink, shrinkInBatches } from '#shrinkers/shrink';
import { failsWhere, failureAt, intAt, kindAt, read, traceOf } from './traces.js';

/** A store to a page for which an earlier mmap asked: related operands, as a defect has them. */
const storeAfterMmap = failsWhere(
  (trace, step) =>
    kindAt(trace, step) === OP.store &&
    Array.from({ length: step }, (_, i) => i).some(
      (i) =>
        kindAt(trace, i) === OP.mmap &&
        intAt(trace, i, 4) >= 3 &&
        (intAt(trace, i, 5) & PROT_WRITE) !== 0 &&
        intAt(trace, i, 3) < intAt(trace, step, 2) &&
        intAt(trace, i, 3) + intAt(trace, i, 4) > intAt(trace, step, 2),
    ),
);

/** Is the operation one that can do something? */
const isDone = (trace: Trace, step: number): boolean => {
  const upTo = (length: number) => traceLength(withoutIdle(firstSteps(trace, length)).ops);
  return upTo(step + 1) > upTo(step);
};

/** What the child of a fork does to a descriptor that its parent opened. */
const childCloses = failsWhere(
  (trace, step) =>
    kindAt(trace, step) === OP.close &&
    isDone(trace, step) &&
    Array.from({ length: step }, (_, i) => i).some(
      (i) => kindAt(trace, i) === OP.fork && intAt(trace, i, 2) === intAt(trace, step, 1) && isDone(trace, i),
    ),
);

const drawn = traces(new Spec(0x3fff), { maxLength: 60 });

function failing(fails: typeof storeAfterMmap): fc.Arbitrary<Failing> {
  return drawn
    .map((trace) => ({ trace, failure: fails(trace) }))
    .filter((found): found is Failing => found.failure !== undefined);
}

describe('shrink', () => {
  it('finds the smallest trace, with operands that belong together lowered together', () => {
    fc.assert(
      fc.property(failing(storeAfterMmap), (found) => {
        const { trace, failure, minimal } = shrink(found, storeAfterMmap);
        expect(minimal).toBe(true);
        expect(failure.step).toBe(1);
        expect(trace).toEqual(
          traceOf([
            ['mmap', 0, -1, 0, 3, 3],
            ['store', 0, 1],
          ]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('keeps what the failure needs of processes, under their lowest names', () => {
    fc.assert(
      fc.property(failing(childCloses), (found) => {
        const { trace } = shrink(found, childCloses);
        expect(trace).toEqual(
          traceOf([
            ['open', 0, 0, 0, -1],
            ['fork', 0, 1],
            ['close', 1, 0],
          ]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('does not slip to another failure', () => {
    // Any trace fails, with a rule that its length decides.
    const fails = (trace: Trace) =>
      traceLength(trace.ops) === 0
        ? undefined
        : failureAt(traceLength(trace.ops) - 1, `${traceLength(trace.ops) > 2}`);
    const start = traceOf([
      ['load', 0, 5, 0],
      ['load', 0, 6, 0],
      ['store', 0, 7, 0, 16],
      ['load', 0, 8, 3],
    ]);
    const { trace, failure } = shrink({ trace: start, failure: failureAt(3, 'true') }, fails);
    expect(failure.rule).toBe('true');
    expect(trace).toEqual(
      traceOf([
        ['load', 0, 0, 0],
        ['load', 0, 0, 0],
        ['load', 0, 0, 0],
      ]),
    );
  });

  it('cuts off what follows the failure at once', () => {
    const start = traceOf([
      ['fetch', 0, 0],
      ['load', 0, 0, 0],
      ['load', 0, 0, 0],
    ]);
    const seen: number[] = [];
    const fails = (trace: Trace) => {
      seen.push(traceLength(trace.ops));
      return failsWhere((t, step) => kindAt(t, step) === OP.fetch)(trace);
    };
    const { trace } = shrink({ trace: start, failure: failureAt(0) }, fails);
    expect(trace).toEqual(traceOf([['fetch', 0, 0]]));
    expect(Math.max(...seen)).toBeLessThanOrEqual(1);
  });

  it('takes the environment back to the default where that does not matter', () => {
    const env = { gift: 3, rlimit: 9, paranoid: -1, pku: true, thp: false, ksm: false, aux: false };
    const fails = failsWhere(
      ({ env: { rlimit } }, step) => step === 0 && rlimit > 4 && rlimit !== DEFAULT_ENV.rlimit,
    );
    const start = { trace: traceOf([['status', 0]], env), failure: failureAt(0) };
    expect(shrink(start, fails).trace).toEqual(traceOf([['status', 0]], { ...DEFAULT_ENV, rlimit: 5 }));
    expect(shrink(start, fails, { fixedEnv: true }).trace).toEqual(traceOf([['status', 0]], env));
  });

  it('never asks of another environment where it is fixed', () => {
    const env = { ...DEFAULT_ENV, gift: 0, aux: false };
    const trace = traceOf(
      [
        ['rlimit', 0, 3],
        ['gift', 0, 2],
        ['open', 0, 0, 0, -1],
        ['mmap', 0, 0, 0, 2, 1, 0, 0],
        ['status', 0],
      ],
      env,
    );
    const asked = new Set<string>();
    const fails = failsWhere((one, step) => kindAt(one, step) === OP.status);
    const answer = (one: Trace) => {
      asked.add(JSON.stringify(one.env));
      return fails(one);
    };
    expect(shrink({ trace, failure: failureAt(4) }, answer, { fixedEnv: true }).trace.env).toEqual(env);
    expect([...asked]).toEqual([JSON.stringify(env)]);
  });

  it('stops after so many executions with the best so far', () => {
    fc.assert(
      fc.property(failing(storeAfterMmap), fc.integer({ min: 1, max: 40 }), (found, maxRuns) => {
        const { runs, trace, minimal } = shrink(found, storeAfterMmap, { maxRuns });
        expect(runs).toBeLessThanOrEqual(maxRuns);
        expect(storeAfterMmap(trace)).toBeDefined();
        if (runs === maxRuns) expect(minimal).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});

describe('shrinkInBatches', () => {
  it('comes to the same trace as shrinking one by one', async () => {
    await fc.assert(
      fc.asyncProperty(failing(storeAfterMmap), fc.integer({ min: 1, max: 64 }), async (found, batch) => {
        const sizes: number[] = [];
        const shrunk = await shrinkInBatches(
          found,
          async (candidates) => {
            sizes.push(candidates.length);
            return candidates.map(storeAfterMmap);
          },
          { batch },
        );
        expect(shrunk.trace).toEqual(shrink(found, storeAfterMmap).trace);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(batch);
        expect(shrunk.runs).toBe(sizes.reduce((a, b) => a + b, 0));
      }),
      { numRuns: 20 },
    );
  });

  it('asks about 32 candidates at a time, unless it is told otherwise', async () => {
    const most = async (options?: BatchShrinkOptions): Promise<number> => {
      const sizes: number[] = [];
      const answer = async (all: readonly Trace[]) => {
        sizes.push(all.length);
        return all.map(() => undefined);
      };
      await shrinkInBatches(
        { trace: read('load 0 31 6; load 0 20; exit 0'), failure: failureAt(2) },
        answer,
        options,
      );
      return Math.max(...sizes);
    };
    expect(await most()).toBe(32);
    expect(await most({ batch: 20 })).toBe(20);
  });

  it('takes the best so far when it is told to stop', async () => {
    const start = {
      trace: traceOf([
        ['status', 0],
        ['status', 0],
        ['store', 0, 1, 0, 16],
        ['fetch', 0, 9],
      ]),
      failure: failureAt(3),
    };
    const isFetch = failsWhere((trace, step) => kindAt(trace, step) === OP.fetch);
    let asked = 0;
    const shrunk = await shrinkInBatches(start, async (all) => all.map(isFetch), {
      batch: 1,
      stop: () => ++asked > 2,
    });
    expect(asked).toBe(3);
    expect(isFetch(shrunk.trace)).toBeDefined();
    expect(traceLength(shrunk.trace.ops)).toBeLessThan(4);
  });
});
