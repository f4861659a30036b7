import { describe, expect, test } from 'vitest';
import { Xoroshiro } from '#properties/arbitraries/xoroshiro';
import { Pct } from '#properties/races/pct';
import { Planted } from '../../support/races/planted.js';

const SCHEDULES = 20_000;

/** Random priorities, from a seed of the test. */
function pctOf(planted: Planted, depth: number, seed = 7): Pct {
  const random = new Xoroshiro();
  random.seed(seed, 1);
  return new Pct(planted, depth, (below) => random.below(below));
}

/** How many of the schedules show the planted race. */
function hits(pct: Pct): number {
  let found = 0;
  for (let i = 0; i < SCHEDULES; i++) if (pct.next().failure !== undefined) found++;
  return found;
}

/** Two tasks of steps of their own. */
const TWO = ['x= x= x= x= x=', 'y= y= y= y= y='];
/** Races whose depth is known: so many pairs of steps have to come in an order that the tasks do not force. */
const DEPTHS: readonly (readonly [depth: number, order: readonly string[], ...program: readonly string[]])[] =
  [
    [1, ['1.4', '0.0'], ...TWO],
    [2, ['0.0', '1.0', '0.1'], ...TWO],
    [2, ['0.2', '1.0', '1.4', '0.3'], ...TWO],
    [3, ['0.1', '1.1', '0.2', '1.2'], ...TWO],
    [3, ['0.0', '1.0', '0.1', '1.1'], 'x= x= x=', 'y= y= y=', 'z= z= z='],
  ];

describe('a race of known depth', () => {
  for (const [depth, order, ...program] of DEPTHS) {
    test(`${depth}: ${order.join(' ')} of ${program.join(' || ')} is found as often as is guaranteed, at least`, () => {
      const pct = pctOf(new Planted(order, ...program), depth);
      const found = hits(pct);
      const { bound } = pct;
      const steps = program.join(' ').split(' ').length;
      expect(bound).toBeCloseTo(1 / (program.length * steps ** (depth - 1)), 12);
      // Four standard deviations below the bound: less is no chance.
      const least = SCHEDULES * bound - 4 * Math.sqrt(SCHEDULES * bound * (1 - bound));
      expect(found).toBeGreaterThan(Math.max(0, least));
    });

    // There is no depth below one: priorities alone order two steps.
    if (depth === 1) continue;
    test(`${depth}: ${order.join(' ')} of ${program.join(' || ')} is never found with less`, () => {
      expect(hits(pctOf(new Planted(order, ...program), depth - 1))).toBe(0);
    });
  }
});

test('where nothing is planted, nothing is found', () => {
  expect(hits(pctOf(new Planted(['0.1', '0.0'], ...TWO), 3))).toBe(0);
});

test('a deadlock is found, and tasks that take locks in one order have none', () => {
  expect(hits(pctOf(new Planted([], '+l +m -m -l', '+m +l -l -m'), 2))).toBeGreaterThan(0);
  expect(hits(pctOf(new Planted([], '+l +m -m -l', '+l +m -m -l'), 2))).toBe(0);
});

test('the same seed gives the same schedules, and another one others', () => {
  const schedules = (seed: number): string[] => {
    const pct = pctOf(new Planted([], ...TWO), 3, seed);
    return Array.from({ length: 50 }, () => pct.next().schedule.join(''));
  };
  expect(schedules(1)).toEqual(schedules(1));
  expect(schedules(1)).not.toEqual(schedules(2));
});
