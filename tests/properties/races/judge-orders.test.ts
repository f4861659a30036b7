// Whether some order of the operations gives what was seen, on operations written by hand.
import { describe, expect, test } from 'vitest';
import type { World } from '#model/kernel/world';
import { Judged } from '../../support/races/judged.js';
import { get, type Program, planOf, set } from '../../support/races/programs.js';

const COUNT = 1;
/** Somebody is in the middle of something. */
const BUSY = 2;
const STALE = 3;

/** Adds one, in two steps: what is counted by another in between is lost. Its value is the count. */
const adds: Program = function* (w, obs) {
  const count = get(w, COUNT);
  yield 0;
  obs[1] = set(w, COUNT, count + 1);
  return 0;
};
const busy: Program = function* (w) {
  set(w, BUSY, 1);
  yield 0;
  set(w, BUSY, 0);
  return 0;
};
/** Writes at once, and returns in the next step. */
const writes: Program = function* (w) {
  set(w, COUNT, 1);
  yield 0;
  return 0;
};
/** Reads what is there, or while somebody is busy what was there in the beginning. */
const reads: Program = (w, obs) => {
  obs[1] = get(w, BUSY) === 0 ? get(w, COUNT) : get(w, STALE);
  return 0;
};
const headroom = (w: World): number => 100 + w.content[COUNT];

describe('what operations give', () => {
  test('may be what any order of them gives', () => {
    const judged = Judged.learned([adds], [[0], [0]]);
    expect([judged.verdict('0011'), judged.verdict('1100')]).toEqual([undefined, undefined]);
  });

  test('is wrong if no order gives it: the first difference from the last order is told', () => {
    const judged = Judged.learned([adds], [[0], [0]], { headroom });
    const text =
      'What the operations gave, and what is there at the end, is what some order of them gives that keeps those apart that did not overlap.';
    expect(judged.verdict('0101')).toEqual({
      kind: 'order',
      rule: 'order',
      text,
      detail: 'load of task 1 gives 1, in order 2',
    });
    expect(judged.judge.varied).toBe(0);
  });

  test('is wrong if only what is there at the end is', () => {
    const silent: Program = function* (w, obs) {
      yield* adds(w, obs, 0) as ReturnType<typeof busy> & Iterable<number>;
      obs[1] = 0;
      return 0;
    };
    const judged = Judged.learned([silent], [[0], [0]], { headroom });
    expect(judged.verdict('0101')?.detail).toBe('headroom of process 0 shows 101, in order 102');
    expect(judged.verdict('0011')).toBeUndefined();
  });

  test('is wrong if only orders give it that turn round what did not overlap', () => {
    const judged = Judged.learned([writes, reads, busy], [[0], [1], [2]]);
    expect(judged.judge.sequential).toHaveLength(6);
    // The write is over, and what is read is what was there before.
    expect(judged.verdict('00212')?.detail).toBe('load of task 2 gives 0, in order 1');
    // The write is not over.
    expect(judged.verdict('02102')).toBeUndefined();
    expect(judged.verdict('02120')).toBeUndefined();
    // It has not begun.
    expect(judged.verdict('21200')).toBeUndefined();
  });

  test('is held against all that was over when an operation began, whatever is between', () => {
    const judged = Judged.learned([writes, reads, busy, () => 0], [[0, 3], [3, 1], [2]]);
    // Task 0 writes, task 2 is busy, task 1 does nothing and then reads what was there before.
    expect(judged.verdict('0021102')?.rule).toBe('order');
    expect(judged.verdict('0210102')?.rule).toBe('order');
    expect(judged.verdict('0211002')).toBeUndefined();
  });

  test('asks nobody when a failure was asked for', () => {
    const judged = Judged.learned([writes, reads, busy], [['inject', 0], [1], [2]]);
    // The read is over before the write begins, though not before the failure is asked for.
    expect(judged.verdict('021200')).toBeUndefined();
    expect(judged.verdict('000212')?.rule).toBe('order');
  });
});

describe('an operation that is two to others', () => {
  /** Takes the count away, then puts it there again. */
  const takesAway: Program = function* (w) {
    set(w, COUNT, 0);
    yield 0;
    set(w, COUNT, 7);
    return 0;
  };
  const PROGRAMS: Program[] = [
    takesAway,
    reads,
    (w) => set(w, COUNT, 0) * 0,
    (w, obs) => {
      set(w, COUNT, 7);
      obs[1] = 0;
      return 0;
    },
  ];

  function divided(programs: Program[] = PROGRAMS): Judged {
    const judged = new Judged(programs, [[0], [1]]);
    const plan = planOf([2, 3], [1]);
    judged.machine.load(plan);
    judged.judge.learnDivided({ plan, partOf: [[0, 0], [0]] });
    judged.machine.load(judged.plan);
    judged.judge.learn(judged.plan);
    return judged;
  }

  test('is counted where only that explains what was seen', () => {
    const judged = divided();
    expect([judged.verdict('001'), judged.verdict('100')]).toEqual([undefined, undefined]);
    expect(judged.judge.varied).toBe(0);
    // Nothing is wrong with it, as the count is 0 in the beginning, too, and so before both parts.
    expect([judged.verdict('010'), judged.judge.varied]).toEqual([undefined, 0]);
  });
});
