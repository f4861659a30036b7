import { expect, test } from 'vitest';
import { RACE_RULES, type RaceFailure, raceClass } from '#properties/races/race-failure';

const failure = (rule: string, detail: string): RaceFailure => ({
  kind: 'state',
  rule,
  text: 'Why.',
  detail,
});

test('races of one defect break the same rule, and the same is said of them, but for the numbers', () => {
  expect(raceClass(failure('charges-match', 'perf_mlock of user 0 is 2 pages, made: 0'))).toBe(
    'charges-match | perf_mlock of user # is # pages, made: # more',
  );
  expect(raceClass(failure('order', 'load of task 2 gives ok'))).toBe('order | load of task # gives ok');
});

test('what is no invariant is said in a sentence, too', () => {
  expect(RACE_RULES).toEqual({
    freed: 'Nobody uses the memory of an event or of a buffer after it was freed.',
    hang: 'Every operation ends.',
    deadlock: 'No task waits for itself, nor do tasks wait for each other.',
    endless: 'Tasks come to an end, whatever the schedule.',
    order:
      'What the operations gave, and what is there at the end, is what some order of them gives that keeps those apart that did not overlap.',
  });
});
