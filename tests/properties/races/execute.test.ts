import { describe, expect, test } from 'vitest';
import { COMPLETE, DEADLOCK, ENDLESS, FAILED } from '#properties/races/dpor';
import {
  type Executed,
  execute,
  following,
  type Runnable,
  switches,
  undisturbed,
} from '#properties/races/execute';
import { MAX_STEPS } from '#properties/races/history';
import type { RaceFailure } from '#properties/races/race-failure';
import { Litmus } from '../../support/races/litmus.js';

/** A litmus program that fails after so many steps, and says how each schedule ended. */
class Told implements Runnable {
  readonly steps: Litmus;
  readonly ends: number[] = [];
  readonly #failsAfter: number;

  constructor(failsAfter: number, ...program: string[]) {
    this.steps = new Litmus(...program);
    this.#failsAfter = failsAfter;
    const step = this.steps.step.bind(this.steps);
    this.steps.step = (task) => {
      const footprint = step(task);
      this.steps.failed = this.steps.done.length >= this.#failsAfter;
      return footprint;
    };
  }

  begin(): void {
    this.steps.begin();
    this.steps.failed = false;
  }

  failureOf(end: number): RaceFailure | undefined {
    this.ends.push(end);
    if (end === COMPLETE) return undefined;
    return { kind: 'order', rule: `ended with ${end}`, text: '', detail: '' };
  }
}

const told = (...program: string[]): Told => new Told(Number.POSITIVE_INFINITY, ...program);
const failure = (end: number) => ({ kind: 'order', rule: `ended with ${end}`, text: '', detail: '' });

test('every end has a number of its own', () => {
  expect(new Set([COMPLETE, DEADLOCK, FAILED, ENDLESS]).size).toBe(4);
});

describe('a schedule', () => {
  test('is run to its end, and then judged', () => {
    const race = told('x x', 'y');
    const asked: unknown[] = [];
    const seen: number[] = [];
    const choose = (enabled: readonly number[], last: number, depth: number): number => {
      asked.push([[...enabled], last, depth]);
      return enabled[enabled.length - 1];
    };
    const onStep = (task: number): void => {
      seen.push(task, race.steps.done.length, race.ends.length);
    };
    expect(execute(race, choose, onStep)).toEqual({ schedule: [1, 0, 0] });
    expect(asked).toEqual([
      [[0, 1], -1, 0],
      [[0], 1, 1],
      [[0], 0, 2],
    ]);
    // Before each step, and before it is judged.
    expect(seen).toEqual([1, 0, 0, 0, 1, 0, 0, 2, 0, -1, 3, 0]);
    expect(race.ends).toEqual([COMPLETE]);
    expect(Object.keys(execute(race, choose))).toEqual(['schedule']);
  });

  test('begins anew each time', () => {
    const race = told('x x', 'y');
    const twice = [execute(race, undisturbed), execute(race, undisturbed)];
    expect(twice.map(({ schedule }) => schedule)).toEqual([
      [0, 0, 1],
      [0, 0, 1],
    ]);
  });

  test('in which nobody can go on is a deadlock, if anybody is not over', () => {
    expect(execute(told('+l +m', '+m +l'), following([0, 1]))).toEqual({
      schedule: [0, 1],
      failure: failure(DEADLOCK),
    });
    expect(execute(told('x', '+l +l'), undisturbed)).toEqual({
      schedule: [0, 1],
      failure: failure(DEADLOCK),
    });
    expect(execute(told('+l +l', 'x'), undisturbed)).toEqual({
      schedule: [0, 1],
      failure: failure(DEADLOCK),
    });
  });

  test('ends where the steps tell of a failure', () => {
    expect(execute(new Told(2, 'x x', 'y'), undisturbed)).toEqual({
      schedule: [0, 0],
      failure: failure(FAILED),
    });
    // It is no deadlock, nor without an end, when it has failed with its last step.
    expect(execute(new Told(3, 'x x', 'y'), undisturbed)).toEqual({
      schedule: [0, 0, 1],
      failure: failure(FAILED),
    });
  });

  test('of too many steps is cut off', () => {
    const long = (steps: number): Executed => execute(told(Array(steps).fill('x').join(' ')), undisturbed);
    expect(long(MAX_STEPS - 1).failure).toBeUndefined();
    const cut = long(MAX_STEPS + 1);
    expect([cut.schedule.length, cut.failure]).toEqual([MAX_STEPS, failure(ENDLESS)]);
    expect(execute(new Told(MAX_STEPS, Array(MAX_STEPS).fill('x').join(' ')), undisturbed).failure).toEqual(
      failure(FAILED),
    );
  });
});

describe('a choice', () => {
  test('that is undisturbed stays with the task, then takes the first', () => {
    expect([undisturbed([1, 2], 2, 5), undisturbed([1, 2], 0, 5), undisturbed([1, 2], -1, 0)]).toEqual([
      2, 1, 1,
    ]);
  });

  test('that follows a schedule goes on undisturbed where that cannot be followed', () => {
    const choose = following([2, 0]);
    expect([
      choose([0, 1, 2], -1, 0),
      choose([0, 1], -1, 0),
      choose([1, 2], 2, 1),
      choose([0, 1, 2], 2, 1),
      choose([0, 1], 1, 2),
    ]).toEqual([2, 0, 2, 0, 1]);
  });
});

test('switches are counted from the second step on', () => {
  const counts = ['', '0', '1', '000', '001', '0101', '0112'].map((text) => switches([...text].map(Number)));
  expect(counts).toEqual([0, 0, 0, 0, 1, 3, 2]);
});
