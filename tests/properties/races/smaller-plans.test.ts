import { expect, test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { RacePlan } from '#model/interleaving/plan';
import { operationsOf, partsOf, withoutOne } from '#properties/races/smaller-plans';

/** Eight ints that are told apart. */
const operation = (letter: string): number[] =>
  Array.from({ length: 8 }, (_, i) => letter.charCodeAt(0) * 10 + i);
const part = (letters: string): Int32Array => Int32Array.from([...letters].flatMap(operation));
const planOf = (prefix: string, ...tasks: string[]): RacePlan => ({
  env: DEFAULT_ENV,
  prefix: part(prefix),
  tasks: tasks.map(part),
});
function told({ env, prefix, tasks }: RacePlan): string {
  expect(env).toBe(DEFAULT_ENV);
  return [prefix, ...tasks]
    .map((ops) =>
      Array.from({ length: ops.length / 8 }, (_, i) => {
        const letter = String.fromCharCode(ops[i * 8] / 10);
        expect([...ops.subarray(i * 8, i * 8 + 8)]).toEqual(operation(letter));
        return letter;
      }).join(''),
    )
    .join('|');
}

test('the operations of a plan are those before the tasks and those of all tasks', () => {
  expect(operationsOf(planOf('ab', 'c', 'de'))).toBe(5);
  expect(operationsOf(planOf('', 'c', 'd'))).toBe(2);
});

test('a plan lacks one operation in as many ways as two tasks are left', () => {
  expect([...withoutOne(planOf('ab', 'c', 'de'))].map(told)).toEqual([
    'b|c|de',
    'a|c|de',
    'ab|c|e',
    'ab|c|d',
  ]);
  expect([...withoutOne(planOf('', 'c', 'd', 'e'))].map(told)).toEqual(['|d|e', '|c|e', '|c|d']);
  expect([...withoutOne(planOf('', 'c', 'd'))]).toEqual([]);
});

test('the parts of a plan are all with two tasks, the smallest first, without the whole', () => {
  expect([...partsOf(planOf('ab', 'c', 'de'))].map(told)).toEqual([
    '|c|d',
    '|c|e',
    'a|c|d',
    'a|c|e',
    'b|c|d',
    'b|c|e',
    '|c|de',
    'ab|c|d',
    'ab|c|e',
    'a|c|de',
    'b|c|de',
  ]);
  expect([...partsOf(planOf('', 'c', 'd', 'e'))].map(told)).toEqual(['|c|d', '|c|e', '|d|e']);
  expect([...partsOf(planOf('', 'c', 'd'))]).toEqual([]);
});
