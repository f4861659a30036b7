import { describe, expect, test, vi } from 'vitest';
import { Xoroshiro } from '#properties/arbitraries/xoroshiro';
import { Bounded } from '#properties/races/bounded';
import { execute, following } from '#properties/races/execute';
import { Pct } from '#properties/races/pct';
import { Race } from '#properties/races/race';
import { type RaceCounts, type RaceLimits, searchRaces } from '#properties/races/search';
import {
  DESIGN,
  HERE,
  increment,
  named,
  number,
  type Program,
  planOf,
  set,
  toy,
  warn,
} from '../../support/races/toy.js';

const LIMITS: RaceLimits = {
  mode: 'dpor',
  schedules: 1_000,
  timeMs: Number.POSITIVE_INFINITY,
  seed: 7,
  depth: 2,
  all: true,
};

/** Two tasks that increment: in 3 steps each, of which 2 touch the number. */
const INCREMENTS = named('increments', planOf([], ['load page=0'], ['1: load page=0']));
/** Of the same operations, with nothing wrong. */
const APART = named('apart', planOf([], ['load page=0'], ['1: fork child=2']));
const derived = toy({ load: increment });

const NONE: RaceCounts = {
  plans: 0,
  closed: 0,
  bounded: 0,
  unfit: 0,
  schedules: 0,
  redundant: 0,
  classes: 0,
  steps: 0,
  ends: 0,
  varied: 0,
};

describe('every class of schedules', () => {
  test('is run, counted, and told', async () => {
    const { coverage, ...result } = await searchRaces(derived, DESIGN, [INCREMENTS], LIMITS);
    expect(result).toStrictEqual({
      design: DESIGN.id,
      mode: 'dpor',
      seed: 7,
      // Of the 6 orders of two reads and two writes, the 4 in which both read first are 2 classes, which end alike.
      counts: { ...NONE, plans: 1, closed: 1, schedules: 4, classes: 4, steps: 24, ends: 3 },
      found: [
        {
          plan: INCREMENTS,
          schedule: expect.anything(),
          failure: expect.objectContaining({ rule: 'order', detail: 'load of task 1 gives 0, in order 1' }),
        },
      ],
      brokenAnyway: new Map(),
      variation: 'map-over-in-two',
      beyond: 2,
    });
    expect([...result.found[0].schedule].sort()).toEqual([0, 0, 0, 1, 1, 1]);
    expect([coverage.points, coverage.reached, coverage.pairs]).toEqual([4, 1, 1]);
  });

  test('of every plan, whatever was found', async () => {
    const { counts, found } = await searchRaces(derived, DESIGN, [INCREMENTS, APART, INCREMENTS], LIMITS);
    expect(counts).toEqual({
      ...NONE,
      plans: 3,
      closed: 3,
      schedules: 9,
      classes: 9,
      steps: 52,
      ends: 7,
    });
    expect(found.map(({ plan, failure }) => [plan, failure.rule])).toEqual([[INCREMENTS, 'order']]);
  });

  test('until something is found, where that is enough', async () => {
    const limits = { ...LIMITS, all: false };
    const { counts, found, cut } = await searchRaces(derived, DESIGN, [APART, INCREMENTS, APART], limits);
    expect(found.map(({ plan }) => plan)).toEqual([INCREMENTS]);
    expect(counts).toMatchObject({ plans: 2, closed: 1, bounded: 0 });
    expect(counts.schedules).toBeLessThan(1 + 4);
    expect(cut).toBeUndefined();
  });

  test('the first race of every rule, each with its schedule', async () => {
    const looks: Program = function* (w) {
      const before = number(w);
      yield HERE;
      if (number(w) !== before) warn(w, 1);
      return 0;
    };
    const both = toy({ load: increment, store: looks });
    const plan = planOf([], ['load page=0', 'store page=0'], ['1: load page=0', '1: store page=0']);
    const { found } = await searchRaces(both, DESIGN, [named('one', plan), named('other', plan)], LIMITS);
    expect(found.map(({ failure }) => failure.rule).sort()).toEqual(['no-kernel-warning', 'order']);
    for (const each of found) {
      expect(each.plan.name).toBe('one');
      expect(execute(new Race(both, DESIGN, plan), following(each.schedule))).toEqual({
        schedule: each.schedule,
        failure: each.failure,
      });
    }
  });
});

/** Many steps on one number: far more classes of schedules than schedules with few preemptions. */
const writes: Program = function* (w) {
  for (let i = 0; i < 5; i++) {
    yield HERE;
    set(w, 1);
  }
  return 0;
};

function preemptions(bound: number): number {
  const bounded = new Bounded(new Race(toy({ load: writes }), DESIGN, INCREMENTS.plan), bound, 'preemptions');
  while (bounded.next() !== undefined);
  return bounded.schedules;
}

describe('a plan of more classes than the budget', () => {
  // C(10, 5) orders of the writes.
  const CLASSES = 252;

  test('has as many as are told', async () => {
    const { counts } = await searchRaces(toy({ load: writes }), DESIGN, [INCREMENTS], LIMITS);
    expect(counts).toMatchObject({ closed: 1, bounded: 0, schedules: CLASSES, classes: CLASSES });
    const exact = { ...LIMITS, schedules: CLASSES + 1 };
    expect((await searchRaces(toy({ load: writes }), DESIGN, [INCREMENTS], exact)).counts).toEqual(counts);
  });

  test('is run in every schedule with two preemptions', async () => {
    const few = preemptions(2);
    const limits = { ...LIMITS, schedules: CLASSES };
    expect(few).toBeLessThan(CLASSES);
    const { counts } = await searchRaces(toy({ load: writes }), DESIGN, [INCREMENTS], limits);
    expect(counts).toEqual({
      ...NONE,
      plans: 1,
      bounded: 1,
      schedules: CLASSES + few,
      classes: CLASSES,
      steps: 12 * (CLASSES + few),
      // One task before the other, the other way round, and both at once.
      ends: 3,
    });
  });

  test('and of more of these, too, is not counted as run', async () => {
    const limits = { ...LIMITS, schedules: 3 };
    const { counts, cut } = await searchRaces(toy({ load: writes }), DESIGN, [INCREMENTS, APART], limits);
    expect(counts).toMatchObject({ plans: 2, closed: 1, bounded: 0, schedules: 3 + 3 + 1 });
    expect(cut).toBeUndefined();
  });
});

describe('other modes', () => {
  test('every schedule with few preemptions', async () => {
    const limits: RaceLimits = { ...LIMITS, mode: 'bounded', depth: 1 };
    const { counts, mode } = await searchRaces(toy({ load: writes }), DESIGN, [INCREMENTS], limits);
    const few = preemptions(1);
    expect(mode).toBe('bounded');
    expect(counts).toEqual({ ...NONE, plans: 1, closed: 1, schedules: few, steps: 12 * few, ends: 3 });
    // What is beyond the budget is not run in another way.
    const less = { ...limits, schedules: few - 1 };
    expect((await searchRaces(toy({ load: writes }), DESIGN, [INCREMENTS], less)).counts).toEqual({
      ...NONE,
      plans: 1,
      schedules: few - 1,
      steps: 12 * (few - 1),
      ends: 3,
    });
  });

  test('random schedules, from the seed and the number of the plan', async () => {
    const limits: RaceLimits = { ...LIMITS, mode: 'pct', schedules: 20 };
    const { counts, found, coverage } = await searchRaces(derived, DESIGN, [APART, INCREMENTS], limits);
    const races = [APART, INCREMENTS].map(({ plan }) => new Race(derived, DESIGN, plan));
    const [, same] = races.map((race, i) => {
      const random = new Xoroshiro();
      random.seed(limits.seed, i + 1);
      const pct = new Pct(race, limits.depth, (below) => random.below(below));
      return Array.from({ length: 20 }, () => pct.next());
    });
    const first = same.find(({ failure }) => failure !== undefined);
    expect(first).toBeDefined();
    expect(found).toEqual([{ plan: INCREMENTS, ...first }]);
    expect(counts).toEqual({
      ...NONE,
      plans: 2,
      schedules: 40,
      steps: 20 * 4 + 20 * 6,
      ends: races[0].judge.ends + races[1].judge.ends,
    });
    expect(coverage.pairs).toBe(1);
  });
});

describe('what a design does wrong anyway', () => {
  test('is counted by plans, and is no race', async () => {
    const leaves: Program = function* (w) {
      yield HERE;
      w.task.mmap_lock[2] = 1;
      return 0;
    };
    const plans = [INCREMENTS, APART, named('none', planOf([], ['close fd=0'], ['1: close fd=0']))];
    const { brokenAnyway, counts, found } = await searchRaces(toy({ load: leaves }), DESIGN, plans, LIMITS);
    expect([...brokenAnyway]).toEqual([['locks-released', 2]]);
    expect(found).toEqual([]);
    expect(counts).toMatchObject({ plans: 3, closed: 3, unfit: 0 });
  });

  test('and so that nothing is left to judge is passed over', async () => {
    const warns: Program = function* (w) {
      yield HERE;
      warn(w, 1);
      return 0;
    };
    const plans = [INCREMENTS, named('none', planOf([], ['close fd=0'], ['1: close fd=0']))];
    const { counts, found } = await searchRaces(toy({ load: warns }), DESIGN, plans, LIMITS);
    expect(counts).toEqual({
      ...NONE,
      plans: 2,
      unfit: 1,
      closed: 1,
      schedules: 1,
      classes: 1,
      steps: 2,
      ends: 1,
    });
    expect(found).toEqual([]);
  });
});

describe('a search that has to end', () => {
  test('tells how far it is, and why it ends', async () => {
    const seen: RaceCounts[] = [];
    const onProgress = (counts: RaceCounts): void => {
      seen.push({ ...counts });
    };
    const limits = { ...LIMITS, timeMs: 0, onProgress };
    const { cut, counts } = await searchRaces(derived, DESIGN, [INCREMENTS, APART], limits);
    expect(cut).toBe('time');
    expect(counts).toEqual({ ...NONE, plans: 1, schedules: 1, classes: 1, steps: 6, ends: 1 });
    expect(seen).toEqual([{ ...counts, ends: 0 }]);
  });

  test('tells it now and then, not after every schedule', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
    try {
      const onProgress = vi.fn();
      await searchRaces(derived, DESIGN, [INCREMENTS, APART], { ...LIMITS, onProgress });
      expect(onProgress).toHaveBeenCalledTimes(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test('ends as well while it runs what is beyond the budget', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
    try {
      const controller = new AbortController();
      let loads = 0;
      const program: Program = function* (w, obs) {
        // Three orders and three schedules of two operations each.
        if (++loads > 3 * 2) {
          vi.setSystemTime(Date.now() + 60);
          controller.abort();
        }
        return yield* increment(w, obs);
      };
      const limits = { ...LIMITS, schedules: 1, signal: controller.signal };
      const { cut, counts } = await searchRaces(toy({ load: program }), DESIGN, [INCREMENTS, APART], limits);
      expect(cut).toBe('interrupted');
      expect(counts).toMatchObject({ plans: 1, bounded: 0, closed: 0, schedules: 2, classes: 1 });
    } finally {
      vi.useRealTimers();
    }
  });
});
