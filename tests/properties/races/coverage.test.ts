import { expect, test } from 'vitest';
import type { Machine } from '#model/interleaving/machine';
import { PairCoverage } from '#properties/races/coverage';

/** Tasks that are suspended at these points; -1: between two operations. */
const suspended = (...sites: number[]): Machine =>
  ({ lanes: sites.map((site) => ({ site })) }) as unknown as Machine;

const told = (coverage: PairCoverage) => ({
  points: coverage.points,
  reached: coverage.reached,
  pairs: coverage.pairs,
  unreached: coverage.unreached(),
  alone: coverage.alone(),
});

test('where nothing ran, nothing is covered', () => {
  const coverage = new PairCoverage(3);
  coverage.note(suspended(0, 1), -1);
  expect(told(coverage)).toEqual({ points: 3, reached: 0, pairs: 0, unreached: [0, 1, 2], alone: [] });
});

test('a task that goes on from a point meets the points of all others', () => {
  const coverage = new PairCoverage(4);
  coverage.note(suspended(3, 1, 2), 1);
  expect(told(coverage)).toEqual({ points: 4, reached: 1, pairs: 2, unreached: [0, 2, 3], alone: [] });
  coverage.note(suspended(3, 1, 2), 1);
  expect(coverage.pairs).toBe(2);
  // The same two the other way round are another pair.
  coverage.note(suspended(3, 1, 2), 0);
  expect(told(coverage)).toEqual({ points: 4, reached: 2, pairs: 4, unreached: [0, 2], alone: [] });
});

test('a task that begins an operation is at no point, nor met at one', () => {
  const coverage = new PairCoverage(3);
  coverage.note(suspended(1, -1), 1);
  expect(told(coverage)).toEqual({ points: 3, reached: 0, pairs: 0, unreached: [0, 1, 2], alone: [] });
  coverage.note(suspended(1, -1), 0);
  expect(told(coverage)).toEqual({ points: 3, reached: 1, pairs: 0, unreached: [0, 2], alone: [1] });
  coverage.note(suspended(0, 2), 1);
  expect(told(coverage)).toEqual({ points: 3, reached: 2, pairs: 1, unreached: [0], alone: [1] });
});

test('a point that is met is covered whoever was suspended there, the first one and the last one', () => {
  const coverage = new PairCoverage(3);
  coverage.note(suspended(0, 2), 1);
  coverage.note(suspended(2, 0), 1);
  coverage.note(suspended(1, 1), 1);
  expect(told(coverage)).toEqual({ points: 3, reached: 3, pairs: 3, unreached: [], alone: [] });
});
