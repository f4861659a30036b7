import { describe, expect, test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { RacePlan } from '#model/interleaving/plan';
import { countOrders, MOST_ORDERS, ordersOf } from '#properties/races/orders';
import { pack } from '../../support/script.js';

const FAILS = 'inject site=pgtable';

const planOf = (...tasks: (readonly string[])[]): RacePlan => ({
  env: DEFAULT_ENV,
  prefix: pack('open fd=0'),
  tasks: tasks.map((texts) => Int32Array.from(texts.flatMap((text) => [...pack(text)]))),
});
/** Tasks of so many operations. */
const planOfLengths = (...lengths: number[]): RacePlan =>
  planOf(...lengths.map((length) => Array<string>(length).fill('load')));

const texts = (plan: RacePlan): string[] => ordersOf(plan).map((order) => order.join(''));

describe('orders', () => {
  test('keep the order of each task', () => {
    expect(texts(planOfLengths(1))).toEqual(['0']);
    expect(texts(planOfLengths(2, 1))).toEqual(['001', '010', '100']);
    expect(texts(planOfLengths(1, 1, 1))).toEqual(['012', '021', '102', '120', '201', '210']);
    expect(texts(planOfLengths(2, 2))).toEqual(['0011', '0101', '0110', '1001', '1010', '1100']);
  });

  test('of nothing are one', () => {
    expect(ordersOf(planOf())).toEqual([[]]);
    expect(ordersOf(planOf([], []))).toEqual([[]]);
  });

  test('let nothing come between an operation and the failure that was asked for it', () => {
    expect(texts(planOf([FAILS, 'load'], ['load']))).toEqual(['001', '100']);
    expect(texts(planOf(['load', FAILS, 'load'], ['load', 'load']))).toEqual([
      '00011',
      '01001',
      '01100',
      '10001',
      '10100',
      '11000',
    ]);
    expect(texts(planOf(['load'], [FAILS, 'load']))).toEqual(['011', '110']);
    expect(texts(planOf([FAILS, 'load'], [FAILS, 'load']))).toEqual(['0011', '1100']);
  });

  test('a failure that is asked for at the end holds nobody up', () => {
    expect(texts(planOf([FAILS], ['load']))).toEqual(['01', '10']);
    expect(texts(planOf(['load', FAILS], ['load']))).toEqual(['001', '010', '100']);
  });
});

describe('how many orders there are', () => {
  test.each([
    [[], 1],
    [[0, 0], 1],
    [[1], 1],
    [[4, 4], 70],
    [[3, 2, 1], 60],
    [[8, 8], 12_870],
    [[8, 8, 8], 9_465_511_770],
  ])('%j: %i', (lengths, expected) => {
    expect(countOrders(planOfLengths(...lengths))).toBe(expected);
  });

  test('is counted without the failures that come at once: at most', () => {
    expect(countOrders(planOf([FAILS, 'load'], ['load']))).toBe(3);
  });

  test('is that of those that are listed', () => {
    for (const lengths of [
      [2, 3],
      [4, 4],
      [2, 2, 2],
      [3, 1, 2],
    ]) {
      const orders = texts(planOfLengths(...lengths));
      expect(orders).toHaveLength(countOrders(planOfLengths(...lengths)));
      expect(new Set(orders).size).toBe(orders.length);
      expect(orders).toEqual([...orders].sort());
    }
  });
});

test('more than can be looked at are refused', () => {
  // One task of 4,999 operations beside one of a single one has 5,000 orders.
  const limit = planOfLengths(MOST_ORDERS - 1, 1);
  expect(countOrders(limit)).toBe(MOST_ORDERS);
  // As many failures that are asked for one after the other are counted alike, and leave two orders.
  const glued = planOf(Array<string>(MOST_ORDERS - 1).fill(FAILS), ['load']);
  expect(ordersOf(glued).map((order) => order.indexOf(1))).toEqual([MOST_ORDERS - 1, 0]);
  expect(countOrders(planOfLengths(MOST_ORDERS, 1))).toBe(MOST_ORDERS + 1);
  expect(() => ordersOf(planOfLengths(MOST_ORDERS, 1))).toThrow(RangeError);
  expect(() => ordersOf(planOfLengths(MOST_ORDERS, 1))).toThrow('more than 5000 orders of the operations');
});
