// Uses of what was freed, other failures of a step, and states that are the same, on operations written by hand.
import { describe, expect, test } from 'vitest';
import { read, write } from '#model/interleaving/tracking';
import { NEVER_RETURNS, TABLE_FULL } from '#model/kernel/stop';
import { WARN_NULL_RB } from '#model/kernel/warn';
import type { World } from '#model/kernel/world';
import { MachineSteps } from '#properties/races/machine-steps';
import { machineOf, type Program, planOf, type Task } from '../../support/races/programs.js';

function stepsOf(programs: readonly Program[], ...tasks: Task[]) {
  const machine = machineOf(programs, planOf(...tasks));
  const steps = new MachineSteps(machine);
  steps.begin();
  return { machine, steps };
}

/** Makes an object, and frees it in the next step. */
const comesAndGoes = (used: (w: World) => Int32Array, row: number): Program =>
  function* (w) {
    write(used(w), row, 1);
    yield 0;
    write(used(w), row, 0);
    yield 0;
    return 0;
  };
const EVENT = comesAndGoes((w) => w.event.used, 3);
const BUFFER = comesAndGoes((w) => w.rb.used, 2);

describe('a use', () => {
  const USES: Program[] = [
    EVENT,
    BUFFER,
    (w) => read(w.event.rb, 3) * 0,
    (w) => write(w.rb.refcount, 2, 1) * 0,
    (w) => (read(w.event.used, 3) + read(w.event.rb_entry, 3) + read(w.rb.used, 2)) * 0,
    (w) => (read(w.event.rb, 2) + read(w.rb.refcount, 3)) * 0,
    (w) => (read(w.rb.refcount, 2) + read(w.event.rb, 3)) * 0,
  ];

  /** Task 0 makes and frees, task 1 uses after so many steps. */
  function used(what: number, use: number, after: number): string {
    const { steps } = stepsOf(USES, [what], [use]);
    for (let i = 0; i < after; i++) steps.step(0);
    expect([steps.usedFreed, steps.failed]).toEqual([0, false]);
    steps.step(1);
    expect(steps.failed).toBe(steps.usedFreed !== 0);
    return steps.usedFreed === 0 ? 'nothing' : steps.words.nameOfOwner(steps.usedFreed);
  }

  test('after it was freed is one of the object', () => {
    expect([0, 1, 2, 3].map((after) => used(0, 2, after))).toEqual([
      'nothing',
      'nothing',
      'event 3',
      'event 3',
    ]);
    expect([0, 1, 2, 3].map((after) => used(1, 3, after))).toEqual([
      'nothing',
      'nothing',
      'buffer 2',
      'buffer 2',
    ]);
    expect([used(0, 6, 2), used(1, 6, 2)]).toEqual(['event 3', 'buffer 2']);
  });

  test('of another object, or of what may be looked at when it is gone, is none', () => {
    expect([used(0, 3, 2), used(0, 4, 2), used(0, 5, 2)]).toEqual(['nothing', 'nothing', 'nothing']);
    expect([used(1, 2, 2), used(1, 4, 2), used(1, 5, 2)]).toEqual(['nothing', 'nothing', 'nothing']);
  });

  test('is found where the step that freed it was taken before', () => {
    const { steps } = stepsOf(USES, [0], [2]);
    const known = [0, 0].map((task) => steps.step(task));
    steps.begin();
    for (const footprint of known) steps.again(0, footprint);
    steps.step(1);
    expect(steps.usedFreed).toBe(4);
    steps.begin();
    expect([steps.usedFreed, steps.failed]).toEqual([0, false]);
    steps.step(1);
    expect([steps.usedFreed, steps.failed]).toEqual([0, false]);
  });

  test('in the step that frees it is none', () => {
    const { steps } = stepsOf(
      [
        (w) => {
          read(w.event.rb, 3);
          write(w.event.used, 3, 0);
          return 0;
        },
      ],
      [0],
    );
    steps.step(0);
    expect([steps.usedFreed, steps.failed]).toEqual([0, false]);
  });

  test('after another that was freed was not used, of the object that was', () => {
    const { steps } = stepsOf(USES, [0, 1], [6]);
    for (let i = 0; i < 6; i++) steps.step(0);
    steps.step(1);
    expect(['event 3', 'buffer 2']).toContain(steps.words.nameOfOwner(steps.usedFreed));
    const { steps: again } = stepsOf(USES, [0, 1], [2]);
    for (let i = 0; i < 6; i++) again.step(0);
    again.step(1);
    expect(again.words.nameOfOwner(again.usedFreed)).toBe('event 3');
  });

  test('is none where somebody has only looked whether it is there', () => {
    const { steps } = stepsOf([(w) => read(w.event.used, 3) * 0, (w) => read(w.event.rb, 3) * 0], [0], [1]);
    // The row was never in use: to look at it frees nothing.
    steps.step(0);
    steps.step(1);
    expect(steps.usedFreed).toBe(0);
  });
});

test('what is written to other words ends no life', () => {
  const { machine, steps } = stepsOf(
    [
      (w) => {
        // Among them the words beside those that tell of lives.
        for (let word = 0; word < w.words.length; word++) if (w.words[word] === 0) write(w.words, word, 0);
        return 0;
      },
      (w) => {
        for (let row = 0; row < w.event.rb.length; row++) read(w.event.rb, row);
        for (let row = 0; row < w.rb.refcount.length; row++) read(w.rb.refcount, row);
        return 0;
      },
    ],
    [0],
    [1],
  );
  // All of them are there.
  machine.world.event.used.fill(1);
  machine.world.rb.used.fill(1);
  steps.step(0);
  steps.step(1);
  expect(steps.usedFreed).toBe(0);
});

test('a task that fills a table has not failed, one that never returns has', () => {
  const stopped = (stop: unknown) => {
    const program: Program = () => {
      throw stop;
    };
    const { steps, machine } = stepsOf([program], [0], [0]);
    steps.step(0);
    return [steps.failed, machine.full, machine.hung];
  };
  expect(stopped(TABLE_FULL)).toEqual([false, true, -1]);
  expect(stopped(NEVER_RETURNS)).toEqual([true, false, 0]);
});

test('a warning of the kernel fails the step that it comes in', () => {
  const { steps } = stepsOf(
    [
      function* (w) {
        yield 0;
        write(w.sys.warned, 0, WARN_NULL_RB);
        return 0;
      },
    ],
    [0],
  );
  const failed = [0, 0].map((task) => {
    steps.step(task);
    return steps.failed;
  });
  expect(failed).toEqual([false, true]);
  steps.begin();
  expect(steps.failed).toBe(false);
});

describe('the hash of a state', () => {
  type Write = readonly [column: (w: World) => Int32Array, row: number, value: number];
  let writes: readonly Write[] = [];
  const { steps } = stepsOf(
    [
      (w) => {
        for (const [column, row, value] of writes) write(column(w), row, value);
        return 0;
      },
    ],
    [0],
  );

  function hashOf(...some: Write[]): number {
    writes = some;
    steps.begin();
    steps.step(0);
    return steps.stateHash;
  }
  const word = (row: number, value: number): Write => [(w) => w.content, row, value];

  test('is that of the words that are not as they were, in whichever order they were written', () => {
    expect(hashOf(word(1, 5), word(2, 6))).toBe(hashOf(word(2, 6), word(1, 5)));
    expect(hashOf(word(1, 5), word(2, 6))).toBe(hashOf(word(1, 9), word(2, 6), word(1, 5)));
    expect([hashOf(), hashOf(word(1, 5), word(1, 0)), hashOf(word(1, 0))]).toEqual([0, 0, 0]);
  });

  test('does not know of what is of one task only', () => {
    const own: Write[] = [
      [(w) => w.sys.current, 0, 7],
      [(w) => w.sys.free_page, 0, 9],
    ];
    expect(hashOf(...own)).toBe(0);
    expect(hashOf(...own, word(1, 5))).toBe(hashOf(word(1, 5)));
  });

  test('is another one for each of many states', () => {
    const hashes: number[] = [];
    for (let row = 0; row < 24; row++) {
      for (const value of [-1, 1, 2, 3, 1 << 30]) {
        hashes.push(hashOf(word(row, value)));
        for (const [other, theirs] of [
          [row + 1, value],
          [row + 2, 1],
          [row + 7, -value],
        ])
          hashes.push(hashOf(word(row, value), word(other, theirs)));
      }
    }
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes.every((hash) => Number.isSafeInteger(hash) && hash > 0)).toBe(true);
  });
});
