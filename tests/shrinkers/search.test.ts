import { describe, expect, it } from 'vitest';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { type Trace, traceLength } from '#model/alphabet/trace';
import type { Failure } from '#model/verdict';
import { type Pass, without, withSlot } from '#shrinkers/edit';
import { Search, type SearchOptions, type Shrunk } from '#shrinkers/search';
import { failsWhere, failureAt, kindAt, read, told, traceOf } from './traces.js';

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

/** Fails at an `exit` after a `status`, and after a `munlockall` if there was a `headroom`. */
const exitFails = failsWhere((trace, step) => {
  const before = kinds(trace).slice(0, step);
  const held = before.includes(OP.munlockall) || !before.includes(OP.headroom);
  return kindAt(trace, step) === OP.exit && before.includes(OP.status) && held;
});

/** Kinds by letter: `mhasx` is munlockall, headroom, maps, status, exit. */
const LETTERS = new Map([
  [OP.munlockall, 'm'],
  [OP.headroom, 'h'],
  [OP.maps, 'a'],
  [OP.status, 's'],
  [OP.exit, 'x'],
]);
const letters = (trace: Trace): string =>
  kinds(trace)
    .map((kind) => LETTERS.get(kind))
    .join('');

/** What is asked on the way from `mhasx` to `sx`, batch by batch. */
function askedOf(passes: readonly Pass[], batch: number): string[] {
  const trace = traceOf([...LETTERS.keys()].map((kind) => [OP_NAMES[kind], 0]));
  const search = new Search({ trace, failure: failureAt(4) }, { passes, batch, maxRuns: 100 });
  const batches: string[] = [];
  const steps = search.run();
  let step = steps.next();
  while (step.done !== true) {
    batches.push(step.value.map(letters).join(' '));
    step = steps.next(step.value.map(exitFails));
  }
  expect(letters(step.value.trace)).toBe('sx');
  return batches;
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
    const { batches } = searched({ maxRuns: 3, batch: 2 }, () => undefined);
    expect(batches.map((each) => each.length)).toEqual([2, 1]);
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

  it('goes on where it found something, and at the end of a pass begins it again', () => {
    // To drop m helps only when h is gone, which comes later.
    expect(askedOf([dropOne], 1)).toEqual(['hasx', 'masx', 'msx', 'mx', 'ms', 'sx', 'x', 's']);
    expect(askedOf([dropOne], 2)).toEqual(['hasx masx', 'msx max', 'mx ms', 'sx', 'x s']);
    expect(askedOf([dropOne], 3)).toEqual(['hasx masx mhsx', 'msx max mas', 'mx ms', 'sx', 'x s']);
  });

  it('ends a pass before it goes to the next, and asks of no trace that an earlier pass has asked about', () => {
    const everyOther: Pass = function* (trace) {
      for (const [i, each] of [...dropOne(trace)].entries()) if (i % 2 === 0) yield each;
    };
    expect(askedOf([everyOther, dropOne], 1)).toEqual([
      'hasx',
      'mhsx',
      'mhx',
      'hsx',
      'msx',
      'mx',
      'ms',
      'sx',
      'x',
      's',
    ]);
    expect(askedOf([everyOther, dropOne], 3)).toEqual([
      'hasx mhsx mhas',
      'mhx',
      'hsx',
      'msx mhs',
      'mx ms',
      'sx',
      'x s',
    ]);
  });

  it('asks again about what came after the find in its batch, not about what came before', () => {
    const pages: Pass = (trace) => [0, 3, 1].map((page) => withSlot(trace, 0, 2, page));
    const start = { trace: read('load 0 5'), failure: failureAt(0) };
    const steps = new Search(start, { passes: [pages], batch: 32, maxRuns: 100 }).run();
    const asked: string[][] = [];
    let step = steps.next();
    while (step.done !== true) {
      asked.push(step.value.map(told));
      step = steps.next(step.value.map((trace) => (trace.ops[2] > 0 ? failureAt(0) : undefined)));
    }
    expect(asked).toEqual([['load 0', 'load 0 3', 'load 0 1'], ['load 0 1']]);
    expect(step.value).toEqual({ trace: read('load 0 1'), failure: failureAt(0), runs: 4, minimal: true });
  });
});
