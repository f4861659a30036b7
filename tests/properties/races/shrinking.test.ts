import { describe, expect, test } from 'vitest';
import { execute, following } from '#properties/races/execute';
import { Race } from '#properties/races/race';
import type { RaceFailure } from '#properties/races/race-failure';
import { type RaceOfPlan, RaceShrinker } from '#properties/races/shrink-race';
import { DESIGN, increment, planOf, TWO_WARNINGS, toy } from '../../support/races/toy.js';

const LARGE = planOf(
  ['open fd=0', 'close fd=0'],
  ['munlockall', 'load page=0'],
  ['1: load page=0', '1: munlockall'],
  ['2: munlockall'],
);
const SMALL = planOf([], ['load page=0'], ['1: load page=0']);
const derived = toy({ load: increment });

/** The failure of a schedule. */
function found(plan: typeof LARGE, schedule: readonly number[]): RaceOfPlan & { failure: RaceFailure } {
  const executed = execute(new Race(derived, DESIGN, plan), following(schedule));
  if (executed.failure === undefined) throw new Error('nothing is wrong with it');
  return { plan: { plan }, schedule: executed.schedule, failure: executed.failure };
}

/** Both read before one writes: with six switches, where two are enough. */
const MANY = [2, 0, 1, 0, 1, 0, 1, 0];

test('operations are left out, then switches', () => {
  const race = found(LARGE, MANY);
  expect(race.schedule.length).toBeGreaterThan(6);
  const small = new RaceShrinker(derived, DESIGN).shrink(race);
  expect(small.plan).toEqual(SMALL);
  expect(small.executed.schedule).toEqual([0, 0, 1, 1, 1, 0]);
  expect(small.executed.failure).toMatchObject({ rule: 'order' });
  expect(small).toEqual(new RaceShrinker(derived, DESIGN).shrink(race));
});

describe('how many schedules it ran', () => {
  const race = found(SMALL, [0, 1, 0, 1, 0, 1]);

  test('is counted: those of one switch, and of two until the one that fails', () => {
    // 0 switches: none; 1: both orders of the tasks; 2: first no more than one.
    const { schedules, executed } = new RaceShrinker(derived, DESIGN).shrink(race);
    expect(executed.schedule).toEqual([0, 0, 1, 1, 1, 0]);
    expect(schedules).toBe(4);
  });

  test('goes on to the schedules with as many switches as there were: the first of these is taken', () => {
    const asFew = found(SMALL, [1, 1, 0, 0, 0, 1]);
    const { executed } = new RaceShrinker(derived, DESIGN).shrink(asFew);
    expect(executed).toEqual({ schedule: [0, 0, 1, 1, 1, 0], failure: asFew.failure });
  });

  test('has an end, where there are too many: the schedule that was found stays', () => {
    const { schedules, executed, plan } = new RaceShrinker(derived, DESIGN, 1).shrink(race);
    expect(executed).toEqual({ schedule: race.schedule, failure: race.failure });
    expect(plan).toBe(SMALL);
    // The second one of one switch is too many.
    expect(schedules).toBe(2);
    const enough = new RaceShrinker(derived, DESIGN, 2).shrink(race);
    expect(enough.executed.schedule).toEqual([0, 0, 1, 1, 1, 0]);
  });

  test('of a smaller plan, too, has an end', () => {
    const plan = planOf(['open fd=0'], ['load page=0'], ['1: load page=0']);
    const larger = { ...race, plan: { plan } };
    // Of the smaller plan the first class is tried, in which nothing is wrong; of the others there is one.
    const given = new RaceShrinker(derived, DESIGN, 1).shrink(larger);
    expect(given.plan).toBe(plan);
    expect(given.schedules).toBe(1 + 2);
    const taken = new RaceShrinker(derived, DESIGN, 4).shrink(larger);
    expect(taken.plan).toEqual(SMALL);
  });
});

test('another failure with as few switches is not taken for it', () => {
  const model = toy(TWO_WARNINGS);
  const plan = planOf([], ['load page=0'], ['1: store page=0']);
  const { failure, schedule } = execute(new Race(model, DESIGN, plan), following([1, 0, 1, 0, 0]));
  if (failure === undefined) throw new Error('nothing is wrong with it');
  expect(failure.detail).toContain('addition on 0');
  const small = new RaceShrinker(model, DESIGN).shrink({ plan: { plan }, schedule, failure });
  // With as few switches, but before it, comes 0 1 1 1 0 0: the other warning.
  expect(small.executed).toEqual({ schedule: [0, 1, 0, 0], failure });
});

test('what does not fail is left as it is', () => {
  const schedule = [1, 1, 1, 0, 0, 0];
  const { failure } = found(SMALL, [0, 1, 0, 1, 0, 1]);
  const small = new RaceShrinker(toy({}), DESIGN).shrink({ plan: { plan: SMALL }, schedule, failure });
  expect(small).toEqual({ plan: SMALL, executed: { schedule: [1, 0] }, schedules: 2 });
});
