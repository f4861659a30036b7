import { describe, expect, test } from 'vitest';
import { loadDerived } from '#model/interleaving/derived';
import { operationsToJson } from '#model/trace/operation-json';
import { Bounded } from '#properties/races/bounded';
import { certifyRace } from '#properties/races/certify-race';
import { execute, following, switches } from '#properties/races/execute';
import { Hunt } from '#properties/races/hunt';
import { nearestPassing } from '#properties/races/nearest';
import { parsePlan } from '#properties/races/plans';
import { Race } from '#properties/races/race';
import { raceClass } from '#properties/races/race-failure';
import { type FoundRace, type Mode, searchRaces } from '#properties/races/search';
import { RaceShrinker } from '#properties/races/shrink-race';
import { operationsOf, partsOf, withoutOne } from '#properties/races/smaller-plans';

const derived = await loadDerived();

function designOf(id: string) {
  const design = [...derived.designs, ...derived.mutants.map((each) => each.design)].find(
    (each) => each.id === id,
  );
  if (design === undefined) throw new Error(`no design ${id}`);
  return design;
}

/** The first race with this rule in a plan. */
async function found(id: string, text: string, rule: string, mode: Mode = 'dpor'): Promise<FoundRace> {
  const limits = { mode, schedules: 20_000, timeMs: 60_000, seed: 3, depth: 3, all: true };
  const result = await searchRaces(derived, designOf(id), [parsePlan(text)], limits);
  const race = result.found.find(({ failure }) => failure.rule === rule);
  if (race === undefined) throw new Error(`${id} does not break ${rule} in ${text}`);
  return race;
}

const names = (ops: Int32Array): string =>
  operationsToJson(ops)
    .map(({ op }) => op)
    .join('+');

/** Races in plans that are larger than they need be: where, what is broken, and what is left of the tasks. */
const LARGE: readonly (readonly [
  design: string,
  plan: string,
  rule: string,
  tasks: readonly string[],
  switches: number,
])[] = [
  ['v6.12', 'shared: look+unmap | unmap+look+close', 'charges-match', ['munmap', 'munmap'], 2],
  ['v7.3', 'mapped: look+unmap+map-other | map+store', 'no-page-freed-while-mapped', ['munmap', 'mmap'], 2],
  ['v6.14', 'aux-asked: look+map | map-aux+look', 'entry-is-right-when-set', ['mmap', 'mmap'], 2],
  ['v6.12', 'shared: unmap | look+unmap | close', 'charges-match', ['munmap', 'munmap'], 2],
];

describe('a race in a plan that is larger than it need be', () => {
  for (const [id, text, rule, tasks, least] of LARGE) {
    test(`${id}, ${text}: ${rule}`, async () => {
      const race = await found(id, text, rule);
      const { plan, executed } = new RaceShrinker(derived, designOf(id)).shrink(race);
      expect(plan.tasks.map(names)).toEqual(tasks);
      expect(operationsOf(plan)).toBeLessThan(operationsOf(race.plan.plan));
      expect(executed.failure && raceClass(executed.failure)).toBe(raceClass(race.failure));
      expect(switches(executed.schedule)).toBe(least);
      // No schedule with fewer switches of the same plan fails so.
      const fewer = new Bounded(new Race(derived, designOf(id), plan), least - 1, 'switches');
      for (let each = fewer.next(); each !== undefined; each = fewer.next())
        expect(each.failure && raceClass(each.failure)).not.toBe(raceClass(race.failure));
      // Nor does any plan with one operation less.
      const hunt = new Hunt(derived, designOf(id), raceClass(race.failure));
      for (const smaller of withoutOne(plan))
        for (const schedule of hunt.schedulesOf(smaller)) expect(schedule).toBeUndefined();
    }, 120_000);
  }

  test('shrinks to the same, however often, and whichever way it was found', async () => {
    const [id, text, rule] = LARGE[1];
    const shrink = async (mode: Mode) =>
      new RaceShrinker(derived, designOf(id)).shrink(await found(id, text, rule, mode));
    const [one, again, other] = [await shrink('dpor'), await shrink('dpor'), await shrink('pct')];
    expect(again).toEqual(one);
    expect(other.plan).toEqual(one.plan);
    expect(other.executed).toEqual(one.executed);
  }, 120_000);

  test('what was shrunk is left as it is', async () => {
    const [id, text, rule] = LARGE[0];
    const shrinker = new RaceShrinker(derived, designOf(id));
    const { plan, executed } = shrinker.shrink(await found(id, text, rule));
    if (executed.failure === undefined) throw new Error('it does not fail any more');
    const again = shrinker.shrink({
      plan: { plan },
      schedule: executed.schedule,
      failure: executed.failure,
    });
    expect({ plan: again.plan, executed: again.executed }).toEqual({ plan, executed });
  }, 120_000);
});

describe('smaller plans', () => {
  const { plan } = parsePlan('mapped: unmap | map+load');
  const told = (each: typeof plan): string => [each.prefix, ...each.tasks].map(names).join(' | ');

  test('lack one operation', () => {
    expect([...withoutOne(plan)].map(told)).toEqual([
      'fork+mmap | munmap | mmap+load',
      'open+mmap | munmap | mmap+load',
      'open+fork | munmap | mmap+load',
      'open+fork+mmap | munmap | load',
      'open+fork+mmap | munmap | mmap',
    ]);
  });

  test('are all parts that have two tasks, the smallest first', () => {
    const parts = [...partsOf(plan)];
    // Of 6 operations: any of the prefix, the one of task 1, and some of the two of task 2; but for the whole.
    expect(parts).toHaveLength(2 ** 3 * (2 ** 2 - 1) - 1);
    expect(new Set(parts.map(told)).size).toBe(parts.length);
    const sizes = parts.map(operationsOf);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });
});

describe('a certificate', () => {
  test('says that nothing smaller shows the race, and how much was searched', async () => {
    const race = await found('v6.12', 'shared: look+unmap | unmap', 'charges-match');
    const { plan, executed, certificate } = await certifyRace(derived, designOf('v6.12'), race, {
      timeMs: 60_000,
    });
    expect(certificate).toMatchObject({ parts: true, switches: true, named: true });
    expect(certificate.reason).toBeUndefined();
    // 15 parts have both tasks and not the whole prefix; some of the named plans are smaller, too.
    expect(certificate.plans).toBeGreaterThan(15);
    expect(certificate.classes).toBeGreaterThan(certificate.plans / 2);
    expect(certificate.schedules).toBe(2);
    expect(operationsOf(plan)).toBeLessThan(operationsOf(race.plan.plan));
    expect(switches(executed.schedule)).toBe(2);
  }, 120_000);

  test('finds what shrinking did not: a smaller plan of other operations', async () => {
    const race = await found('v6.12', 'redirected-shared: unmap | unmap', 'references-counted');
    const design = designOf('v6.12');
    const shrunk = new RaceShrinker(derived, design).shrink(race);
    const certified = await certifyRace(derived, design, race, { timeMs: 120_000 });
    expect(certified.certificate.named).toBe(true);
    expect(operationsOf(shrunk.plan)).toBe(8);
    expect(operationsOf(certified.plan)).toBe(7);
    expect(certified.executed.failure && raceClass(certified.executed.failure)).toBe(raceClass(race.failure));
  }, 180_000);

  test('says what it had no time for', async () => {
    const race = await found('v7.3', 'mapped: unmap | map', 'no-page-freed-while-mapped');
    const { certificate } = await certifyRace(derived, designOf('v7.3'), race, { timeMs: 0 });
    expect(certificate).toMatchObject({
      parts: false,
      switches: false,
      named: false,
      reason: 'the time was up',
    });
    const signal = AbortSignal.abort();
    const stopped = await certifyRace(derived, designOf('v7.3'), race, { timeMs: 60_000, signal });
    expect(stopped.certificate).toMatchObject({ parts: false, reason: 'it was interrupted' });
  }, 120_000);
});

test('the nearest schedule that passes begins like the failing one for as long as can be', async () => {
  const { plan, schedule } = await found('v7.3', 'mapped: unmap | map', 'no-page-freed-while-mapped');
  const race = new Race(derived, designOf('v7.3'), plan.plan);
  const nearest = nearestPassing(race, schedule);
  if (nearest === undefined) throw new Error('no schedule passes');
  expect(execute(race, following(nearest)).failure).toBeUndefined();
  const parts = nearest.findIndex((task, i) => task !== schedule[i]);
  expect(parts).toBeGreaterThan(0);
  // Any later choice, left alone after it, fails as well.
  for (let at = parts + 1; at < schedule.length; at++) {
    const other = execute(race, following([...schedule.slice(0, at), 1 - schedule[at]]));
    if (other.schedule[at] !== schedule[at]) expect(other.failure).toBeDefined();
  }
});
