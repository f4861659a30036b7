// What the steps of a machine's tasks touch, on operations written by hand.
import { describe, expect, test } from 'vitest';
import type { Suspended } from '#model/interleaving/derived';
import { log, read, run, write } from '#model/interleaving/tracking';
import type { World } from '#model/kernel/world';
import { NO_LOCK } from '#properties/races/footprints';
import { MachineSteps } from '#properties/races/machine-steps';
import {
  get,
  lock,
  lockShared,
  machineOf,
  type Program,
  planOf,
  set,
  type Task,
  unlock,
  unlockShared,
} from '../../support/races/programs.js';

function stepsOf(programs: readonly Program[], ...tasks: Task[]) {
  const machine = machineOf(programs, planOf(...tasks));
  const steps = new MachineSteps(machine);
  steps.begin();
  const content = machine.world.content.byteOffset / 4;
  const name = (word: number): string =>
    word < content ? steps.words.nameOf(word) : `content[${word - content}]`;
  /** "content[3]= takes event.mmap_mutex[0] shared keeps". */
  const told = (id: number): string => {
    const { accesses, takes, shared, keeps } = steps.footprints.all[id];
    const words = [...accesses].map((each) => name(each >> 1) + (each & 1 ? '=' : ''));
    if (takes !== NO_LOCK) words.push('takes', name(takes));
    return [...words, ...(shared ? ['shared'] : []), ...(keeps ? ['keeps'] : [])].join(' ');
  };
  return { machine, steps, told, step: (task: number) => told(steps.step(task)) };
}

const MUTEX = 'event.mmap_mutex[2]';
const MMAP_LOCK = 'task.mmap_lock[1]';

/** Takes a mutex, and gives it back in another step. */
function* mutex(w: World): Suspended {
  yield* lock(w.event.mmap_mutex, 2);
  set(w, 1, 5);
  yield 0;
  get(w, 2);
  unlock(w.event.mmap_mutex, 2);
  yield 0;
  return 0;
}

/** Shares a lock over three steps, then takes it alone. */
function* shared(w: World): Suspended {
  const { mmap_lock } = w.task;
  yield* lockShared(mmap_lock, 1);
  yield 0;
  get(w, 1);
  yield 0;
  unlockShared(mmap_lock, 1);
  yield* lock(mmap_lock, 1);
  yield 0;
  unlock(mmap_lock, 1);
  return 0;
}

describe('a step', () => {
  test('touches the words that it reads and writes, but for those that are its own', () => {
    const { step, steps } = stepsOf(
      [
        function* (w) {
          set(w, 3, 1);
          get(w, 9);
          write(w.sys.current, 0, 7);
          read(w.sys.free_page, 0);
          read(w.sys.gift, 0);
          yield 0;
          set(w, 4, 1);
          return 0;
        },
      ],
      [0],
    );
    expect([step(0), step(0)]).toEqual(['sys.gift[0] content[3]= content[9]', 'content[4]=']);
    expect(steps.over(0)).toBe(true);
  });

  test('takes the lock that it waited for, and keeps it or not', () => {
    const { step } = stepsOf(
      [
        mutex,
        function* (w) {
          yield* lock(w.event.mmap_mutex, 2);
          unlock(w.event.mmap_mutex, 2);
          return 0;
        },
      ],
      [0, 1],
    );
    expect([step(0), step(0), step(0), step(0), step(0), step(0)]).toEqual([
      '',
      `${MUTEX}= content[1]= takes ${MUTEX} keeps`,
      `${MUTEX}= content[2]`,
      '',
      '',
      `${MUTEX}= takes ${MUTEX}`,
    ]);
  });

  test('that shares a lock reads it, and writes it when it has it alone', () => {
    const { step } = stepsOf([shared], [0]);
    const steps = Array.from({ length: 6 }, () => step(0));
    expect(steps).toEqual([
      '',
      `${MMAP_LOCK} takes ${MMAP_LOCK} shared keeps`,
      'content[1]',
      MMAP_LOCK,
      `${MMAP_LOCK}= takes ${MMAP_LOCK} keeps`,
      `${MMAP_LOCK}=`,
    ]);
  });

  test('can take a lock to share it, and give it back', () => {
    const { step } = stepsOf(
      [
        function* (w) {
          yield* lockShared(w.task.mmap_lock, 1);
          unlockShared(w.task.mmap_lock, 1);
          yield 0;
          // Whoever takes it now has it alone.
          write(w.task.mmap_lock, 1, 0);
          return 0;
        },
      ],
      [0],
    );
    expect([step(0), step(0), step(0)]).toEqual([
      '',
      `${MMAP_LOCK} takes ${MMAP_LOCK} shared`,
      `${MMAP_LOCK}=`,
    ]);
  });

  test('takes other locks while one is shared', () => {
    const { step } = stepsOf(
      [
        function* (w) {
          yield* lockShared(w.task.mmap_lock, 1);
          yield* lock(w.event.mmap_mutex, 2);
          unlock(w.event.mmap_mutex, 2);
          yield 0;
          unlockShared(w.task.mmap_lock, 1);
          yield* lock(w.rb.aux_mutex, 0);
          write(w.task.mmap_lock, 1, 0);
          return 0;
        },
      ],
      [0],
    );
    expect(Array.from({ length: 5 }, () => step(0))).toEqual([
      '',
      `${MMAP_LOCK} takes ${MMAP_LOCK} shared keeps`,
      `${MUTEX}= takes ${MUTEX}`,
      MMAP_LOCK,
      `${MMAP_LOCK}= rb.aux_mutex[0]= takes rb.aux_mutex[0] keeps`,
    ]);
  });

  test('of one task has nothing to do with what another one shares', () => {
    const { step } = stepsOf([shared], [0], [0]);
    expect([step(0), step(1), step(0), step(1), step(0), step(0)]).toEqual([
      '',
      '',
      `${MMAP_LOCK} takes ${MMAP_LOCK} shared keeps`,
      `${MMAP_LOCK} takes ${MMAP_LOCK} shared keeps`,
      'content[1]',
      MMAP_LOCK,
    ]);
  });

  test('of more accesses than can be told is refused', () => {
    const telling = (count: number) => () => {
      const program: Program = (w) => {
        log.fill(w.content.byteOffset >> 1);
        run.logged = count;
        return 0;
      };
      return stepsOf([program], [0]).step(0);
    };
    expect(telling(log.length)()).toBe('content[0]');
    expect(telling(log.length + 1)).toThrow('a step of more accesses than can be told');
  });
});

describe('a task', () => {
  test('is over, can go on, or waits for a lock, alone or to share it', () => {
    const { steps, told } = stepsOf([mutex, shared], [0], [0], [1], [1]);
    expect([steps.tasks, steps.over(0), steps.enabled(0)]).toEqual([4, false, true]);
    for (const task of [0, 1, 2, 3, 0, 2]) steps.step(task);
    expect([0, 1, 2, 3].map((task) => steps.enabled(task))).toEqual([true, false, true, true]);
    expect(told(steps.waiting(1))).toBe(`${MUTEX}= takes ${MUTEX} keeps`);
    expect(told(steps.waiting(3))).toBe(`${MMAP_LOCK} takes ${MMAP_LOCK} shared keeps`);
    for (let i = 0; i < 2; i++) steps.step(0);
    expect([steps.over(0), steps.enabled(0), steps.enabled(1)]).toEqual([true, false, true]);
  });

  test('that waits is known by that as any step is', () => {
    const { steps, step } = stepsOf([mutex], [0], [0]);
    for (const task of [0, 1, 0]) step(task);
    const count = steps.footprints.all.length;
    expect(steps.waiting(1)).toBe(count);
    // What comes after it is told of objects that are freed, too.
    expect(step(0)).toBe(`${MUTEX}= content[2]`);
    expect(steps.step(0)).toBeLessThan(count);
    expect(steps.footprints.all).toHaveLength(count + 2);
  });
});

test('steps that have only a lock in common depend on each other, and do not conflict', () => {
  const { steps } = stepsOf([mutex, mutex, (w) => set(w, 1, 6) * 0], [0], [1], [2]);
  steps.step(0);
  const takes = steps.step(0);
  const writes = steps.step(2);
  const gives = steps.step(0);
  const { footprints } = steps;
  expect([footprints.dependent(takes, gives), footprints.conflicting(takes, gives)]).toEqual([true, false]);
  expect([footprints.dependent(takes, writes), footprints.conflicting(takes, writes)]).toEqual([true, true]);
  expect([footprints.dependent(gives, writes), footprints.conflicting(gives, writes)]).toEqual([
    false,
    false,
  ]);
});

test('steps whose footprints are known leave the same behind as those that were just taken', () => {
  const programs = [mutex, shared];
  const tasks: Task[] = [
    [1, 0],
    [0, 1],
  ];
  const { steps } = stepsOf(programs, ...tasks);
  const taken: (readonly [number, number])[] = [];
  const first = () => [0, 1].find((task) => steps.enabled(task)) ?? -1;
  for (let task = first(); task >= 0; task = first()) taken.push([task, steps.step(task)]);
  expect(taken.length).toBe(20);
  for (let known = 0; known < taken.length; known++) {
    steps.begin();
    for (const [task, footprint] of taken.slice(0, known)) steps.again(task, footprint);
    for (const [task, footprint] of taken.slice(known)) expect(steps.step(task)).toBe(footprint);
    expect([steps.over(0), steps.over(1)]).toEqual([true, true]);
  }
});

test('to begin anew gives back what was shared', () => {
  const { steps, step } = stepsOf(
    [
      function* (w) {
        write(w.task.mmap_lock, 1, 0);
        yield* lockShared(w.task.mmap_lock, 1);
        yield 0;
        return 0;
      },
    ],
    [0],
  );
  const first = step(0);
  expect([first, step(0)]).toEqual([`${MMAP_LOCK}=`, `${MMAP_LOCK} takes ${MMAP_LOCK} shared keeps`]);
  steps.begin();
  expect(step(0)).toBe(first);
});
