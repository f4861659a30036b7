// Whether some order of the operations gives what was seen, on operations written by hand.
import { describe, expect, test } from 'vitest';
import { write } from '#model/interleaving/tracking';
import { WARN_NULL_RB } from '#model/kernel/warn';
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
    const silent: Program = function* (w) {
      const count = get(w, COUNT);
      yield 0;
      set(w, COUNT, count + 1);
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
    // Nor does that hide what is wrong with a read that comes later.
    const twice = Judged.learned([writes, reads, busy], [['inject', 0], [1, 1], [2]]);
    expect(twice.verdict('0100212')?.detail).toBe('load of task 2 gives 0, in order 1');
    const later = Judged.learned([writes, reads, busy, () => 0], [[3, 'inject', 0], [1, 1], [2]]);
    expect(later.verdict('00100212')?.detail).toBe('load of task 2 gives 0, in order 1');
  });

  test('is compared with the last of the orders that may be', () => {
    const value: Program = (w, obs) => {
      obs[1] = set(w, COUNT, get(w, COUNT) + 1);
      return 0;
    };
    const odd: Program = function* (w, obs) {
      const count = get(w, COUNT);
      yield 0;
      obs[1] = count === get(w, COUNT) ? count : 99;
      return 0;
    };
    const judged = Judged.learned([value, odd], [[0], [1], [0]]);
    // The first task is before the third one in three orders: in the last of these the second one is before both.
    expect(judged.verdict('1021')?.detail).toBe('load of task 2 gives 99, in order 0');
  });
});

describe('an operation that is two to others', () => {
  const value =
    (count: number, gives: number): Program =>
    (w, obs) => {
      set(w, COUNT, count);
      obs[1] = gives;
      return 0;
    };
  /** Takes what was counted away, and puts something else there. */
  const replaces: Program = function* (w, obs) {
    set(w, COUNT, 3);
    yield 0;
    set(w, COUNT, 7);
    obs[1] = 4;
    return 0;
  };
  const readsThree: Program = (w, obs) => {
    obs[1] = get(w, BUSY) === 0 ? get(w, COUNT) : 3;
    return 0;
  };
  const [TAKES, PUTS] = [value(3, 9), value(7, 4)];

  function divided(puts: Program): Judged {
    const judged = new Judged([replaces, readsThree, busy, TAKES, puts], [[0], [1], [2]]);
    const plan = planOf([3, 4], [1], [2]);
    judged.machine.load(plan);
    judged.judge.learnDivided({ plan, partOf: [[0, 0], [0], [0]] });
    judged.machine.load(judged.plan);
    judged.judge.learn(judged.plan);
    return judged;
  }

  test('is counted once where only that explains what was seen', () => {
    const judged = divided(PUTS);
    expect([judged.verdict('00122'), judged.verdict('10022')]).toEqual([undefined, undefined]);
    expect(judged.judge.varied).toBe(0);
    // The other one reads what is there between the parts.
    expect([judged.verdict('01022'), judged.judge.varied]).toEqual([undefined, 1]);
    expect([judged.verdict('01022'), judged.judge.varied]).toEqual([undefined, 1]);
    expect([judged.verdict('20120'), judged.judge.varied]).toEqual([undefined, 2]);
  });

  test('explains nothing of an operation that it did not overlap', () => {
    const judged = divided(PUTS);
    expect([judged.verdict('00212')?.detail, judged.judge.varied]).toEqual([
      'load of task 2 gives 3, in order 7',
      0,
    ]);
    expect([judged.verdict('21200')?.detail, judged.judge.varied]).toEqual([
      'load of task 2 gives 3, in order 0',
      0,
    ]);
  });

  test('gives what its last part gives', () => {
    expect(divided(value(7, 9)).verdict('01022')?.detail).toBe('load of task 2 gives 3, in order 0');
  });

  test('explains nothing where its parts fail, one after the other', () => {
    const fails: Program = (w, obs) => {
      PUTS(w, obs, 0);
      write(w.sys.warned, 0, WARN_NULL_RB);
      return 0;
    };
    const judged = divided(fails);
    expect([judged.verdict('01022')?.rule, judged.judge.varied]).toEqual(['order', 0]);
  });

  test('leaves nothing behind, either', () => {
    const judged = divided(PUTS);
    judged.along('01022');
    judged.machine.world.task.pinned_vm[2] = 1;
    expect(judged.judge.atEnd()?.rule).toBe('nothing-left');
  });
});
