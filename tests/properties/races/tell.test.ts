import { describe, expect, test } from 'vitest';
import type { RaceStep } from '#model/interleaving/story';
import { WARNINGS } from '#model/kernel/warn';
import { encodeRaceToken } from '#model/trace/race-token';
import { Race } from '#properties/races/race';
import { RACE_RULES } from '#properties/races/race-failure';
import { tellRace } from '#properties/races/tell';
import {
  DESIGN,
  HERE,
  increment,
  lock,
  number,
  type Program,
  planOf,
  set,
  share,
  toy,
  unlock,
  unshare,
  warn,
} from '../../support/races/toy.js';

const race = (load: Program, store: Program = load): Race =>
  new Race(toy({ load, store }), DESIGN, planOf(['open fd=0'], ['load page=0'], ['1: store page=0 value=1']));

/** "1 lock {0} = 0": task, point, locks held, status. */
const lines = (steps: readonly RaceStep[] = []): string[] =>
  steps.map(({ task, operation, call, at, holds, status }) => {
    expect(operation).toBe(0);
    expect(at).toBe(call === undefined ? undefined : `toy.ts:${['lock', 'unlock', 'here'].indexOf(call)}`);
    return `${task} ${call ?? 'begins'} {${holds.join()}}${status === undefined ? '' : ` = ${status}`}`;
  });

const tasks = (schedule: string): number[] => [...schedule].map(Number);

/** Warns if two tasks hold the lock. */
function* sharing(w: Parameters<Program>[0]): ReturnType<Program> {
  const { mmap_lock } = w.task;
  yield* share(mmap_lock);
  yield HERE;
  if (mmap_lock[0] === -2) warn(w, 2);
  yield* unshare(mmap_lock);
  return 0;
}

test('a lock that is shared is held by all who share it, until each gives it back', () => {
  const each = race(sharing);
  const story = tellRace(each, tasks('010101'));
  expect(story).toEqual({
    system: DESIGN.id,
    rule: 'no-kernel-warning',
    text: expect.stringMatching(/^[A-Z].*\.$/),
    detail: WARNINGS[2],
    atEnd: false,
    plan: each.plan,
    steps: expect.anything(),
    locks: ['mmap_lock of process 0'],
    waiting: [],
    passing: expect.anything(),
    token: encodeRaceToken({ system: DESIGN.id, plan: each.plan, schedule: tasks('01010') }),
  });
  expect(lines(story?.steps)).toEqual([
    '0 begins {}',
    '1 begins {}',
    '0 lock {0}',
    '1 lock {0}',
    '0 here {}',
  ]);
  expect(lines(story?.passing)).toEqual([
    '0 begins {}',
    '1 begins {}',
    '0 lock {0}',
    '0 here {}',
    '0 unlock {} = 0',
    '1 lock {0}',
    '1 here {}',
    '1 unlock {} = 0',
  ]);
});

test('who shares a lock longer holds it when the other has given it back', () => {
  function* longer(w: Parameters<Program>[0]): ReturnType<Program> {
    yield* share(w.task.mmap_lock);
    yield HERE;
    if (w.task.mmap_lock[0] === -2) set(w, 1);
    yield HERE;
    yield HERE;
    if (number(w) === 1) warn(w, 2);
    yield* unshare(w.task.mmap_lock);
    return 0;
  }
  function* shorter(w: Parameters<Program>[0]): ReturnType<Program> {
    yield* share(w.task.mmap_lock);
    yield HERE;
    yield* unshare(w.task.mmap_lock);
    return 7;
  }
  const story = tellRace(race(longer, shorter), tasks('0011011000'));
  expect(lines(story?.steps)).toEqual([
    '0 begins {}',
    '0 lock {0}',
    '1 begins {}',
    '1 lock {0}',
    '0 here {0}',
    '1 here {}',
    '1 unlock {} = 7',
    '0 here {0}',
    '0 here {}',
  ]);
});

test('a lock that is given back in the step that takes it is held after none', () => {
  const short: Program = function* (w, obs) {
    yield* lock(w.event.mmap_mutex);
    yield* unlock(w.event.mmap_mutex);
    return yield* increment(w, obs);
  };
  const story = tellRace(race(short), tasks('0000111110'));
  expect(story).toMatchObject({ rule: 'order', locks: [] });
  expect(story?.steps.map(({ holds }) => holds)).toEqual(new Array(10).fill([]));
});

test('tasks that wait for each other are told with what they hold and wait for', () => {
  const both = (first: 'event' | 'rb'): Program =>
    function* (w) {
      const locks = { event: w.event.mmap_mutex, rb: w.rb.aux_mutex };
      const [one, other] = first === 'event' ? [locks.event, locks.rb] : [locks.rb, locks.event];
      yield* lock(one, 1);
      yield* lock(other, 1);
      yield HERE;
      yield* unlock(other, 1);
      yield* unlock(one, 1);
      return -22;
    };
  const story = tellRace(race(both('event'), both('rb')), tasks('0101'));
  expect(story).toMatchObject({
    rule: 'deadlock',
    text: RACE_RULES.deadlock,
    detail: 'task 1 waits for rb.aux_mutex[1], task 2 waits for event.mmap_mutex[1]',
    atEnd: true,
    locks: ['mmap_mutex of event 1', 'aux_mutex of buffer 1'],
    waiting: [
      { task: 0, lock: 1 },
      { task: 1, lock: 0 },
    ],
  });
  expect(lines(story?.steps)).toEqual(['0 begins {}', '1 begins {}', '0 lock {0}', '1 lock {1}']);
  expect(lines(story?.passing)).toEqual([
    '0 begins {}',
    '1 begins {}',
    '0 lock {0}',
    '0 lock {0,1}',
    '0 here {0}',
    '0 unlock {}',
    '0 unlock {} = -22',
    '1 lock {1}',
    '1 lock {1,0}',
    '1 here {1}',
    '1 unlock {}',
    '1 unlock {} = -22',
  ]);
});

test('a task that is over waits for nothing', () => {
  const forgets: Program = function* (w) {
    yield* lock(w.event.mmap_mutex);
    return 0;
  };
  const story = tellRace(race(forgets), tasks('001'));
  expect(story).toMatchObject({ rule: 'deadlock', waiting: [{ task: 1, lock: 0 }] });
  expect(story).not.toHaveProperty('passing');
});

describe('where it shows', () => {
  test('an order that no operations come in shows at the end', () => {
    const story = tellRace(race(increment), tasks('010101'));
    expect(story).toMatchObject({ rule: 'order', atEnd: true, waiting: [], locks: [] });
  });

  test('a state that is wrong shows at the end', () => {
    function* flag(w: Parameters<Program>[0]): ReturnType<Program> {
      set(w, 1);
      yield HERE;
      set(w, 0);
      return 0;
    }
    function* forgets(w: Parameters<Program>[0]): ReturnType<Program> {
      if (number(w) === 1) yield* lock(w.task.mmap_lock, 2);
      return 0;
    }
    const story = tellRace(race(flag, forgets), tasks('0110'));
    expect(story).toMatchObject({ rule: 'locks-released', atEnd: true, locks: ['mmap_lock of process 2'] });
    expect(lines(story?.steps)).toEqual(['0 begins {}', '1 begins {}', '1 lock {0} = 0', '0 here {} = 0']);
  });

  test('tasks that do not end show at the end', () => {
    function* flag(w: Parameters<Program>[0]): ReturnType<Program> {
      set(w, 1);
      yield HERE;
      set(w, 0);
      return 0;
    }
    function* waits(w: Parameters<Program>[0]): ReturnType<Program> {
      while (number(w) === 1) yield HERE;
      return 0;
    }
    const story = tellRace(race(flag, waits), [0, ...new Array<number>(2_000).fill(1)]);
    expect(story).toMatchObject({ rule: 'endless', atEnd: true });
    expect(story?.steps).toHaveLength(1_000);
  });
});

test('who stands before a lock while another task fails is not told to wait', () => {
  const looks: Program = function* (w) {
    const before = number(w);
    yield HERE;
    if (number(w) !== before) warn(w, 2);
    return 0;
  };
  const locks: Program = function* (w) {
    set(w, 1);
    yield* lock(w.event.mmap_mutex);
    yield* unlock(w.event.mmap_mutex);
    return 0;
  };
  const story = tellRace(race(looks, locks), tasks('010'));
  expect(story).toMatchObject({ rule: 'no-kernel-warning', atEnd: false, locks: [], waiting: [] });
});

test('what is known of how it was made small is told, too', () => {
  const shrunk = { operations: 7, switches: 5, schedules: 3 };
  expect(tellRace(race(sharing), tasks('010101'), { shrunk })).toMatchObject({ shrunk });
});

test('a schedule with nothing wrong is no story', () => {
  expect(tellRace(race(sharing), tasks('0000'))).toBeUndefined();
});

test('where no schedule passes, none is told', () => {
  const always: Program = function* (w) {
    yield HERE;
    warn(w, 2);
    return 0;
  };
  const story = tellRace(race(always), tasks('0'));
  expect(story).not.toHaveProperty('passing');
  expect(lines(story?.steps)).toEqual(['0 begins {}', '0 here {} = 0']);
});
