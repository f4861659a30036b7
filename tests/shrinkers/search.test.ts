import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import { type Trace, traceLength } from '#model/alphabet/trace';
import type { Failure } from '#model/verdict';
import { type Pass, without } from '#shrinkers/edit';
import { Search, type SearchOptions, type Shrunk } from '#shrinkers/search';
import { failsWhere, failureAt, kindAt, traceOf } from './traces.js';

/** Drops one operation after the other. */
const dropOne: Pass = function* (trace) {
  for (let drop = 0; drop < traceLength(trace.ops); drop++) yield without(trace, (step) => step === drop);
};

const STEPS = ['munlockall', 'maps', 'status', 'headroom', 'munlockall', 'exit'] as const;
const LONG = traceOf(STEPS.map((kind) => [kind, 0]));

/** Fails at the `exit` after one `munlockall` at least. */
const fails = failsWhere(
  (trace, step) =>
    kindAt(trace, step) === OP.exit &&
    Array.from({ length: step }, (_, i) => kindAt(trace, i)).includes(OP.munlockall),
);

function searched(
  options: Partial<SearchOptions> = {},
  answer: (trace: Trace) => Failure | undefined = fails,
) {
  const failure = fails(LONG);
  if (failure === undefined) throw new Error('nothing to be shrunk');
  const search = new Search(
    { trace: LONG, failure },
    { passes: [dropOne], batch: 1, maxRuns: 1_000, ...options },
  );
  const batches: (readonly Trace[])[] = [];
  const steps = search.run();
  let step = steps.next();
  while (step.done !== true) {
    batches.push([...step.value]);
    step = steps.next(step.value.map(answer));
  }
  return { shrunk: step.value as Shrunk, batches, search };
}

const kinds = ({ ops }: Trace): number[] => Array.from(ops).filter((_, i) => i % 8 === 0);

describe('a search', () => {
  it('ends with a trace of which no candidate fails alike, whatever the batch', () => {
    for (const batch of [1, 2, 3, 32]) {
      const { shrunk, batches } = searched({ batch });
      expect(kinds(shrunk.trace)).toEqual([OP.munlockall, OP.exit]);
      expect(shrunk.minimal).toBe(true);
      expect(shrunk.failure).toEqual(fails(shrunk.trace));
      expect(Math.max(...batches.map((each) => each.length))).toBeLessThanOrEqual(batch);
      expect(shrunk.runs).toBe(batches.reduce((sum, each) => sum + each.length, 0));
    }
  });

  it('asks about no trace a second time when it asks one by one', () => {
    const asked = searched()
      .batches.flat()
      .map(({ ops }) => ops.join());
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('fills its batches as long as there are candidates', () => {
    const { batches } = searched({ batch: 4 }, () => undefined);
    expect(batches.map((each) => each.length)).toEqual([4, 2]);
  });

  it('takes the first of a batch that fails alike', () => {
    const { batches, shrunk } = searched({ batch: 32, maxRuns: 6 });
    expect(batches.length).toBe(1);
    // Without the first operation it still fails: the second makes up for it.
    expect(kinds(shrunk.trace)).toEqual([OP.maps, OP.status, OP.headroom, OP.munlockall, OP.exit]);
  });

  it('does not run more than it may, and says that it is not done', () => {
    for (const maxRuns of [0, 1, 3, 5]) {
      const { shrunk } = searched({ maxRuns, batch: 2 });
      expect(shrunk.runs).toBe(maxRuns);
      expect(shrunk.minimal).toBe(false);
    }
    expect(searched({ maxRuns: 0 }).shrunk.trace).toBe(LONG);
  });

  it('gives the best so far when it is given up', () => {
    const failure = failureAt(5);
    const search = new Search({ trace: LONG, failure }, { passes: [dropOne], batch: 1, maxRuns: 100 });
    const steps = search.run();
    const first = steps.next();
    if (first.done === true) return expect.fail('nothing is tried');
    expect(search.result()).toEqual({ trace: LONG, failure, runs: 0, minimal: true });
    steps.next([failureAt(4)]);
    expect(search.result()).toMatchObject({ trace: first.value[0], failure: failureAt(4), runs: 1 });
  });

  it('does not take another failure', () => {
    const other = (trace: Trace): Failure | undefined => {
      const failure = fails(trace);
      return failure === undefined ? undefined : failureAt(failure.step, 'another rule');
    };
    expect(searched({}, other).shrunk.trace).toEqual(LONG);
  });

  it('cuts off what comes after the failing operation, of what it starts from and of what it takes', () => {
    const early = failureAt(4);
    const search = new Search({ trace: LONG, failure: early }, { passes: [dropOne], batch: 1, maxRuns: 100 });
    expect(traceLength(search.result().trace.ops)).toBe(5);
    const steps = search.run();
    steps.next();
    steps.next([undefined]);
    // The second candidate has four operations; it fails alike, and at its first one already.
    expect(steps.next([failureAt(0)]).done).toBe(false);
    expect(kinds(search.result().trace)).toEqual([OP.munlockall]);
  });

  it('goes through its passes again until none of them finds anything', () => {
    const first: Pass = function* (trace) {
      // Only what two drops have made possible.
      if (traceLength(trace.ops) <= 4) yield* dropOne(trace);
    };
    const second: Pass = function* (trace) {
      if (traceLength(trace.ops) > 4) yield* dropOne(trace);
    };
    expect(kinds(searched({ passes: [first, second] }).shrunk.trace)).toEqual([OP.munlockall, OP.exit]);
    expect(searched({ passes: [] }).shrunk).toMatchObject({ trace: LONG, runs: 0, minimal: true });
  });
});
