import { expect, test } from 'vitest';
import { nearestPassing } from '#properties/races/nearest';
import { Planted } from '../../support/races/planted.js';

const nearest = (order: readonly string[], program: readonly string[], failing: string) =>
  nearestPassing(new Planted(order, ...program), [...failing].map(Number))?.join('');

test('the last choice that helps is made otherwise, and what follows is left alone', () => {
  expect(nearest(['0.0', '1.0', '0.1'], ['x= x=', 'y= y='], '0101')).toBe('0011');
  expect(nearest(['0.1', '1.1', '0.2'], ['x= x= x= x=', 'y= y= y='], '0101100')).toBe('0100011');
  expect(nearest(['1.0', '0.0', '2.0'], ['x=', 'y=', 'z='], '102')).toBe('120');
});

test('the first choice of all can be the one', () => {
  expect(nearest(['0.0', '1.0'], ['x=', 'y='], '01')).toBe('10');
});

test('where every schedule fails there is none', () => {
  expect(nearest(['0.0', '0.1'], ['x= x=', 'y='], '001')).toBeUndefined();
});
