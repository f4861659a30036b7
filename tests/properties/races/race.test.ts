import { describe, expect, test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Design } from '#model/designs/index';
import { loadDerived } from '#model/interleaving/derived';
import { Bounded } from '#properties/races/bounded';
import { COMPLETE, DEADLOCK, ENDLESS, FAILED, REDUNDANT } from '#properties/races/dpor';
import { execute, following } from '#properties/races/execute';
import { parsePlan } from '#properties/races/plans';
import { Race } from '#properties/races/race';
import { RACE_RULES } from '#properties/races/race-failure';
import {
  DESIGN,
  HERE,
  increment,
  lock,
  number,
  type Program,
  planOf,
  set,
  toy,
  warn,
} from '../../support/races/toy.js';

const TWO = planOf(['open fd=0'], ['load page=0'], ['1: load page=0']);

describe('how a schedule ended says what is wrong with it', () => {
  const forgets: Program = function* (w) {
    yield* lock(w.event.mmap_mutex, 1);
    return 0;
  };

  test('a failure that was seen on the way', () => {
    const warns: Program = function* (w) {
      const before = number(w);
      yield HERE;
      if (number(w) !== before) warn(w, 6);
      set(w, 1);
      return 0;
    };
    const race = new Race(toy({ load: warns }), DESIGN, TWO);
    expect(execute(race, following([0, 1, 0, 1]))).toMatchObject({
      schedule: [0, 1, 0, 1],
      failure: {
        kind: 'warning',
        rule: 'no-kernel-warning',
        detail: 'WARNING: a freed ring buffer is freed again',
      },
    });
    expect(race.failureOf(FAILED)).toMatchObject({ kind: 'warning' });
    race.begin();
    expect(race.failureOf(FAILED)).toBeUndefined();
  });

  test('tasks that wait', () => {
    const race = new Race(toy({ load: forgets }), DESIGN, TWO);
    expect(execute(race, following([0, 0, 1])).failure).toEqual({
      kind: 'deadlock',
      rule: 'deadlock',
      text: RACE_RULES.deadlock,
      detail: 'task 2 waits for event.mmap_mutex[1]',
    });
    expect(race.failureOf(DEADLOCK)).toMatchObject({ kind: 'deadlock' });
  });

  test('steps without an end, and steps for nothing', () => {
    const race = new Race(toy({ load: increment }), DESIGN, TWO);
    expect(race.failureOf(ENDLESS)).toEqual({
      kind: 'endless',
      rule: 'endless',
      text: RACE_RULES.endless,
      detail: 'more steps than any run of these operations takes',
    });
    expect(execute(race, following([0, 1, 0, 1])).failure).toMatchObject({
      rule: 'order',
      detail: 'load of task 1 gives 0, in order 1',
    });
    expect(race.failureOf(REDUNDANT)).toBeUndefined();
    expect(race.failureOf(COMPLETE)).toMatchObject({ rule: 'order' });
  });
});

describe('what operations give one after the other', () => {
  test('is known of every order, from where the prefix leads', () => {
    const derived = toy({ load: increment });
    const race = new Race(derived, DESIGN, planOf(['load page=0'], ['load page=0'], ['1: load page=0']));
    expect([race.derived, race.design]).toEqual([derived, DESIGN]);
    expect(race.judge.sequential.map(({ order, outcome }) => [order, outcome.seen])).toEqual([
      [
        [0, 1],
        [[Int32Array.of(0, 1)], [Int32Array.of(0, 2)]],
      ],
      [
        [1, 0],
        [[Int32Array.of(0, 2)], [Int32Array.of(0, 1)]],
      ],
    ]);
  });

  test('is asked of the specification where the design is what it should be', () => {
    const plan = planOf([], ['load page=0'], ['load page=1']);
    const broken = (design: Design) => [
      ...new Race(toy({ load: increment }), design, plan).judge.brokenAnyway,
    ];
    // A load of a page that nothing maps gives no number.
    expect(broken({ ...DESIGN, kind: 'intended' })).toEqual(['spec']);
    expect(broken(DESIGN)).toEqual([]);
  });

  test('is broken in every order where the specification rejects the prefix', async () => {
    const derived = await loadDerived();
    const mutant = derived.mutants.find(({ id }) => id === 'insert-pages-ro-noretry');
    const { plan } = parsePlan('aux-asked: unmap | map');
    const { judge } = new Race(derived, mutant?.design ?? DESIGN, plan);
    expect(judge.unfit).toBeUndefined();
    expect([...judge.brokenAnyway]).toContain('spec');
  });

  test('is what the specification wants, in the environment of the plan', async () => {
    const derived = await loadDerived();
    const advance = derived.designs.find(({ id }) => id === 'advance') ?? DESIGN;
    const { plan } = parsePlan('shared: look+load | look', { ...DEFAULT_ENV, gift: 3, rlimit: 9 });
    const { judge } = new Race(derived, advance, plan);
    expect([...judge.brokenAnyway]).toEqual([]);
    expect(judge.sequential.map(({ order }) => order.join(''))).toEqual(['001', '010', '100']);
  });

  test('may be explained by an mmap over mappings being two operations', async () => {
    const derived = await loadDerived();
    const advance = derived.designs.find(({ id }) => id === 'advance') ?? DESIGN;
    const race = new Race(derived, advance, parsePlan('mapped: map-over | look').plan);
    const all = new Bounded(race, 2, 'preemptions');
    for (let each = all.next(); each !== undefined; each = all.next()) expect(each.failure).toBeUndefined();
    expect(race.judge.varied).toBe(1);
  });
});
