import { describe, expect, test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { RacePlan } from '#model/interleaving/plan';
import { divide, MAP_OVER } from '#properties/races/variation';
import { pack } from '../../support/script.js';

const operations = (texts: readonly string[]): Int32Array =>
  Int32Array.from(texts.flatMap((text) => [...pack(text)]));

const planOf = (prefix: readonly string[], ...tasks: (readonly string[])[]): RacePlan => ({
  env: DEFAULT_ENV,
  prefix: operations(prefix),
  tasks: tasks.map(operations),
});

const MAPPED = ['open fd=0', 'mmap fd=0 page=4 npages=3 prot=read'];
const FAILS = 'inject site=pgtable nth=1';

/** Whether an mmap of the task is divided, beside what else is mapped. */
const divided = (prefix: readonly string[], ...tasks: (readonly string[])[]): boolean =>
  divide(planOf(prefix, ...tasks)) !== undefined;

test('the variation point has the name that reports show', () => {
  expect(MAP_OVER).toBe('map-over-in-two');
});

describe('an mmap', () => {
  test('over a mapping is an munmap of what is in the way, and an mmap', () => {
    const over = '1: mmap fd=0 page=5 npages=4 prot=read+write pgoff=2';
    const plan = planOf(
      ['open fd=0', '1: mmap fd=0 page=8 npages=1 prot=read'],
      ['load'],
      ['close fd=0', over, 'load'],
    );
    expect(divide(plan)).toEqual({
      plan: {
        env: DEFAULT_ENV,
        prefix: plan.prefix,
        tasks: [plan.tasks[0], operations(['close fd=0', '1: munmap page=5 npages=4', over, 'load'])],
      },
      partOf: [[0], [0, 1, 1, 2]],
    });
  });

  test('is divided where it meets a mapping of the prefix, at either end', () => {
    const at = (page: number, npages: number) =>
      divided(MAPPED, [`mmap fd=0 page=${page} npages=${npages} prot=read`]);
    expect([
      at(0, 4),
      at(0, 5),
      at(3, 2),
      at(4, 3),
      at(5, 1),
      at(6, 1),
      at(7, 1),
      at(6, 8),
      at(0, 12),
    ]).toEqual([false, true, true, true, true, true, false, true, true]);
  });

  test('is not in the way of itself, but of the others, its own task among them', () => {
    const one = 'mmap fd=0 page=4 npages=2 prot=read';
    expect(divided(['open fd=0'], [one])).toBe(false);
    expect(divided(['open fd=0'], [one, one])).toBe(true);
    expect(divided(['open fd=0'], ['load', one], ['load', one])).toBe(true);
    expect(divide(planOf(['open fd=0'], ['load', one], [one]))?.partOf).toEqual([
      [0, 1, 1],
      [0, 0],
    ]);
    expect(divided(['open fd=0'], [one, 'mmap fd=0 page=6 npages=2 prot=read'])).toBe(false);
  });

  test("of another process is in nobody's way", () => {
    expect(divided(MAPPED, ['1: mmap fd=0 page=4 npages=3 prot=read'])).toBe(false);
    expect(divided(MAPPED, ['mmap fd=0 page=4 npages=3 prot=read'])).toBe(true);
  });

  test('that replaces nothing is one operation', () => {
    expect(divided(MAPPED, ['mmap fd=0 page=4 npages=3 prot=read flags=noreplace'])).toBe(false);
    expect(divided(MAPPED, ['mmap fd=0 page=4 npages=3 prot=read flags=private+populate+locked'])).toBe(true);
  });

  test('is the only operation that is divided, and that others are divided for', () => {
    expect(divided(MAPPED, ['munmap page=4 npages=3', 'mremap page=4 npages=3 new_npages=3'])).toBe(false);
    expect(divided(['mlock page=4 npages=3'], ['mmap fd=0 page=4 npages=3 prot=read'])).toBe(false);
  });
});

test('an injected failure stays with the mmap', () => {
  const late = ['load', 'load', FAILS, 'mmap fd=0 page=4 npages=3 prot=read'];
  expect(divide(planOf(MAPPED, late))?.partOf).toEqual([[0, 1, 3, 2, 3]]);
  const over = 'mmap fd=0 page=4 npages=3 prot=read';
  const result = divide(planOf(MAPPED, ['load', FAILS, over], [FAILS, 'load', over]));
  const unmap = 'munmap page=4 npages=3';
  expect(result?.plan.tasks).toEqual([
    operations(['load', unmap, FAILS, over]),
    operations([FAILS, 'load', unmap, over]),
  ]);
  expect(result?.partOf).toEqual([
    [0, 2, 1, 2],
    [0, 1, 2, 2],
  ]);
});

test('a plan of which nothing is divided is no other plan', () => {
  expect(divide(planOf(MAPPED, ['load', 'munmap page=4 npages=3'], ['close fd=0']))).toBeUndefined();
});
