import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { type Trace, traceLength } from '#model/alphabet/trace';
import { type BatchShrinkOptions, shrink, shrinkInBatches } from '#shrinkers/shrink';
import { failsWhere, failureAt, kindAt, read, traceOf } from './traces.js';

describe('shrink', () => {
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
});

describe('shrink, for so many executions', () => {
  const start = { trace: read('load 0 3; store 0 5; maps 0; exit 0'), failure: failureAt(3) };
  const exits = failsWhere((trace, step) => kindAt(trace, step) === OP.exit);

  it('takes the best so far', () => {
    // First the last two operations are dropped, then the first two.
    expect(shrink(start, exits, { maxRuns: 2 })).toEqual({
      trace: read('maps 0; exit 0'),
      failure: failureAt(1),
      runs: 2,
      minimal: false,
    });
  });

  it('goes on to the end where nothing is said, or where they are enough', () => {
    const { runs, ...shrunk } = shrink(start, exits);
    expect(shrunk).toEqual({ trace: read('exit 0'), failure: failureAt(0), minimal: true });
    expect(shrink(start, exits, { maxRuns: runs + 1 })).toEqual({ runs, ...shrunk });
    expect(shrink(start, exits, { maxRuns: runs }).minimal).toBe(false);
  });
});

describe('shrinkInBatches', () => {
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
