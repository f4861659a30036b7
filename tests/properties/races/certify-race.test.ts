import { afterEach, describe, expect, test, vi } from 'vitest';
import type { OpName } from '#model/alphabet/operations';
import type { RacePlan } from '#model/interleaving/plan';
import { type CertifyRaceLimits, certifyRace } from '#properties/races/certify-race';
import { execute, following } from '#properties/races/execute';
import { Hunt } from '#properties/races/hunt';
import { parsePlan } from '#properties/races/plans';
import { Race } from '#properties/races/race';
import { raceClass } from '#properties/races/race-failure';
import { type RaceOfPlan, RaceShrinker } from '#properties/races/shrink-race';
import {
  DESIGN,
  HERE,
  number,
  type Program,
  planOf,
  prepare,
  ready,
  set,
  TWO_WARNINGS,
  toy,
  warn,
} from '../../support/races/toy.js';

type Programs = Partial<Record<OpName, Program>>;

/** Makes ready, in one step. */
const makes: Program = (w) => {
  prepare(w);
  return 0;
};

/** Warns if another task comes between its two steps; does nothing if fewer than this made ready. */
const racy = (least: number): Program =>
  function* (w) {
    if (ready(w) < least) return 0;
    const before = number(w);
    yield HERE;
    if (number(w) !== before) warn(w, 1);
    set(w, number(w) + 1);
    return 0;
  };

function found(programs: Programs, plan: RacePlan, schedule: readonly number[]): RaceOfPlan {
  const executed = execute(new Race(toy(programs), DESIGN, plan), following(schedule));
  if (executed.failure === undefined) throw new Error('nothing is wrong with it');
  return { plan: { plan }, schedule: executed.schedule, failure: executed.failure };
}

const certify = (programs: Programs, race: RaceOfPlan, limits: Partial<CertifyRaceLimits> = {}) =>
  certifyRace(toy(programs), DESIGN, race, { timeMs: Number.POSITIVE_INFINITY, ...limits });

const opens = (n: number): string[] => Array.from({ length: n }, () => 'open fd=0');
const TASKS = [['load page=0'], ['1: load page=0']] as const;
/** Of two operations: no plan is smaller. */
const SMALL = planOf([], ...TASKS);

/** Named plans of four operations: `opened` is two, and six of its actions are one; `close` may be a thread's, too, beside four of these. */
const NAMED = 6 * 6 + 4;

afterEach(() => {
  vi.useRealTimers();
});

describe('a certificate', () => {
  const programs = { open: makes, load: racy(3) };
  const plan = planOf(['munlockall', ...opens(3)], ['load page=0'], ['1: load page=0', '1: munlockall']);
  const race = found(programs, plan, [0, 1, 0, 1]);

  test('says that nothing smaller fails so, and how much that was', async () => {
    const { certificate, schedules, ...small } = await certify(programs, race);
    expect(certificate).toStrictEqual({
      parts: true,
      switches: true,
      named: true,
      // All that lacks some of the three that make ready, and the named ones: one class each.
      plans: 7 + NAMED,
      classes: 7 + NAMED,
      schedules: 2,
    });
    expect(small).toEqual({
      plan: planOf(opens(3), ...TASKS),
      executed: { schedule: [0, 1, 1, 0], failure: race.failure },
    });
    expect(schedules).toBe(new RaceShrinker(toy(programs), DESIGN).shrink(race).schedules);
  });

  test('says what was not proven in the time, or until it was interrupted', async () => {
    const small = found({ load: racy(0) }, SMALL, [0, 1, 0, 1]);
    expect((await certify(programs, race, { timeMs: 0 })).certificate).toStrictEqual({
      parts: false,
      switches: false,
      named: false,
      plans: 1,
      classes: 1,
      schedules: 0,
      reason: 'the time was up',
    });
    const signal = AbortSignal.abort();
    expect((await certify({ load: racy(0) }, small, { signal })).certificate).toStrictEqual({
      parts: true,
      switches: false,
      named: false,
      plans: 0,
      classes: 0,
      schedules: 1,
      reason: 'it was interrupted',
    });
  });

  test('says so of the named plans, too', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
    const controller = new AbortController();
    const forks: Program = () => {
      vi.setSystemTime(Date.now() + 60);
      controller.abort();
      return 0;
    };
    const { certificate } = await certify({ ...programs, fork: forks }, race, { signal: controller.signal });
    expect(certificate).toStrictEqual({
      parts: true,
      switches: true,
      named: false,
      plans: 7 + 1,
      classes: 7 + 1,
      schedules: 2,
      reason: 'it was interrupted',
    });
  });
});

describe('something smaller that fails so takes its place', () => {
  test('a named plan, made small in turn', async () => {
    const programs = { open: makes, load: racy(3), close: racy(1) };
    const race = found(programs, planOf(opens(3), ...TASKS), [0, 1, 0, 1]);
    const { certificate, schedules, ...small } = await certify(programs, race);
    expect(small).toEqual({
      plan: planOf(opens(1), ['close fd=0'], ['1: close fd=0']),
      executed: { schedule: [0, 1, 1, 0], failure: race.failure },
    });
    expect(certificate).toStrictEqual({
      parts: true,
      switches: true,
      named: true,
      plans: 1,
      classes: 1,
      schedules: 2,
    });
    const { plan } = parsePlan('opened: close | close');
    const schedule = [...new Hunt(toy(programs), DESIGN, raceClass(race.failure)).schedulesOf(plan)].at(-1);
    if (schedule === undefined) throw new Error('it does not fail');
    const shrinker = new RaceShrinker(toy(programs), DESIGN);
    expect(schedules).toBe(
      shrinker.shrink(race).schedules + shrinker.shrink({ ...race, plan: { plan }, schedule }).schedules,
    );
  });

  test('the smallest of the named plans first', async () => {
    const sets: Program = (w) => {
      set(w, number(w) + 1);
      return 0;
    };
    const looks: Program = function* (w) {
      const before = number(w);
      yield HERE;
      if (number(w) !== before) warn(w, 1);
      return 0;
    };
    const programs = { open: makes, load: racy(4), close: sets, exit: looks, headroom: looks };
    const race = found(programs, planOf(opens(4), ...TASKS), [0, 1, 0, 1]);
    // `close | map+look` comes before `close | exit`, and has an operation more.
    const { plan, certificate } = await certify(programs, race);
    expect(plan).toEqual(planOf([], ['close fd=0'], ['1: exit']));
    expect(certificate).toMatchObject({ plans: 0, named: true });
  });

  test('a part, where shrinking tried too little, and a schedule with fewer switches', async () => {
    const programs = { load: racy(0) };
    const race = found(programs, planOf(opens(1), ...TASKS), [0, 1, 0, 1]);
    const given = new RaceShrinker(toy(programs), DESIGN, 1).shrink(race);
    expect(given).toMatchObject({ plan: race.plan.plan, executed: { schedule: [0, 1, 0, 1] } });
    const { plan, executed, certificate } = await certify(programs, race, { tries: 1 });
    expect(plan).toEqual(SMALL);
    expect(executed).toEqual({ schedule: [0, 1, 1, 0], failure: race.failure });
    expect(certificate).toStrictEqual({
      parts: true,
      switches: true,
      named: true,
      plans: 0,
      classes: 0,
      schedules: 2,
    });
  });

  test('but no other failure', async () => {
    const plan = planOf([], ['load page=0'], ['1: store page=0']);
    const race = found(TWO_WARNINGS, plan, [1, 0, 1, 0, 0]);
    expect(race.failure.detail).toContain('addition on 0');
    const { executed, certificate } = await certify(TWO_WARNINGS, race, { tries: 1 });
    // With as few switches, but before it, comes 0 1 1 1 0 0: the other warning.
    expect(executed).toEqual({ schedule: [0, 1, 0, 0], failure: race.failure });
    expect(certificate).toMatchObject({ parts: true, switches: true, named: true });
  });
});
