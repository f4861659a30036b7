// What PCT makes of the numbers that it draws.
import { describe, expect, test } from 'vitest';
import { Pct } from '#properties/races/pct';
import { Planted } from '../../support/races/planted.js';

/** PCT with these numbers instead of random ones, and below what each was asked for. */
function scripted(numbers: readonly number[], depth: number, ...program: string[]) {
  const below: number[] = [];
  const left = [...numbers];
  const pct = new Pct(new Planted(['1.0', '0.0'], ...program), depth, (bound) => {
    below.push(bound);
    const next = left.shift();
    if (next === undefined || next >= bound) throw new RangeError(`${next} is not below ${bound}`);
    return next;
  });
  return { pct, below, run: () => pct.next().schedule.join('') };
}

describe('priorities', () => {
  test('are shuffled: each order of the tasks comes of one draw', () => {
    const draws = [0, 1, 2].flatMap((one) => [0, 1].map((other) => [one, other]));
    const schedules = draws.map((numbers) => {
      const { run, below } = scripted(numbers, 1, 'x', 'y', 'z');
      const schedule = run();
      expect(below).toEqual([3, 2]);
      return schedule;
    });
    expect(schedules).toEqual(['102', '012', '021', '120', '201', '210']);
  });

  test('hold until a step of change, at which the task that would run falls behind all others', () => {
    const { run, below } = scripted([1, 0, 1, 2, 1, 4], 2, 'x x x', 'y y');
    // The first schedule can change at its beginning only, as it is not known yet how long it will be.
    expect([run(), run(), run()]).toEqual(['00011', '11000', '11000']);
    expect(below).toEqual([2, 1, 2, 5, 2, 5]);
  });

  test('of those that fell behind follow the number of their change', () => {
    // Task 0 is before task 1, which is before task 2; what is drawn then are the steps of the changes.
    const withChanges = (...changes: number[]): string => {
      const { pct, run } = scripted([0, 1, ...changes], 3, 'x x x', 'y y y', 'z z z');
      pct.longest = 9;
      return run();
    };
    expect([withChanges(0, 1), withChanges(1, 0), withChanges(0, 0)]).toEqual([
      '122211000',
      '122200011',
      '222111000',
    ]);
    // Who fell behind does so again, if it runs.
    expect([withChanges(8, 4), withChanges(3, 6)]).toEqual(['000122211', '000222111']);
  });
});

test('schedules are counted, and the steps of the longest one', () => {
  // With a change after the first step each task takes the lock that the other one waits for.
  const { pct, run } = scripted([1, 0, 1, 1, 0, 0], 2, '+l +m -m -l', '+m +l -l -m');
  expect([pct.schedules, pct.longest, pct.bound]).toEqual([0, 1, 0.5]);
  expect([run(), pct.schedules, pct.longest]).toEqual(['00001111', 1, 8]);
  expect([run(), pct.schedules, pct.longest]).toEqual(['10', 2, 8]);
  expect([run(), pct.schedules, pct.longest]).toEqual(['11110000', 3, 8]);
});

test('a failure comes with its schedule, and every step is told before it is taken', () => {
  const { pct } = scripted([1, 0], 1, 'x', 'y');
  const told: number[] = [];
  expect(pct.next((task) => told.push(task))).toMatchObject({
    schedule: [1, 0],
    failure: { rule: 'planted' },
  });
  expect(told).toEqual([1, 0, -1]);
  expect(pct.next()).toEqual({ schedule: [0, 1] });
});

test('the probability that is guaranteed', () => {
  const boundOf = (depth: number, steps: number, ...program: string[]): number => {
    const { pct } = scripted([], depth, ...program);
    pct.longest = steps;
    return pct.bound;
  };
  expect([boundOf(1, 10, 'x', 'y'), boundOf(2, 10, 'x', 'y'), boundOf(3, 4, 'x', 'y', 'z', 'x')]).toEqual([
    1 / 2,
    1 / 20,
    1 / 64,
  ]);
});
