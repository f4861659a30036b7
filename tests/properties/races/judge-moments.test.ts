// What is wrong in the middle of a schedule, and schedules that do not come to an end.
import { describe, expect, test } from 'vitest';
import type { Suspended } from '#model/interleaving/derived';
import { write } from '#model/interleaving/tracking';
import { NEVER_RETURNS } from '#model/kernel/stop';
import { WARN_NULL_RB, WARN_RB_DOUBLE_FREE } from '#model/kernel/warn';
import type { World } from '#model/kernel/world';
import { PTE_WRITE } from '#model/mm/flags';
import { deadlock, endless } from '#properties/races/judge';
import { Judged } from '../../support/races/judged.js';
import { lock, type Program, unlock } from '../../support/races/programs.js';

const PAGE = 5;
/** Process 1, page 8. */
const ADDRESS = 40;

/** A page goes back to the allocator while an entry maps it. */
const freesMapped: Program = (w) => {
  write(w.pte.pfn, ADDRESS, PAGE + 1);
  w.watch.pageFreed(w, PAGE);
  return 0;
};
const freesUnmapped: Program = (w) => {
  w.watch.pageFreed(w, PAGE);
  return 0;
};
/** An entry is set where nothing is mapped. */
const setsStray: Program = (w) => {
  write(w.pte.pfn, ADDRESS, PAGE + 1);
  write(w.pte.flags, ADDRESS, PTE_WRITE);
  w.watch.pteSet(w, ADDRESS);
  return 0;
};
const warns: Program = (w) => write(w.sys.warned, 0, WARN_NULL_RB) * 0;
const hangs: Program = () => {
  throw NEVER_RETURNS;
};
const frees: Program = function* (w) {
  write(w.rb.used, 2, 1);
  yield 0;
  write(w.rb.used, 2, 0);
  return 0;
};
const uses: Program = (w) => write(w.rb.refcount, 2, 0);

const FREED_WHILE_MAPPED = {
  kind: 'moment',
  rule: 'no-page-freed-while-mapped',
  text: 'No page goes back to the allocator while a page table entry maps it.',
  detail: 'process 1, page 8 still maps page 5 when it is freed',
};

describe('in the middle of a schedule', () => {
  test('nothing is wrong with what may be', () => {
    const judged = new Judged([freesUnmapped], [[0, 0], [0]]);
    judged.along('010');
    expect([judged.judge.failure(), judged.steps.failed]).toEqual([undefined, false]);
  });

  test('a page is freed that is mapped', () => {
    const judged = new Judged([freesMapped, freesUnmapped], [[0, 1], [1]]);
    judged.along('1');
    expect(judged.judge.failure()).toBeUndefined();
    judged.along('0');
    expect(judged.judge.failure()).toEqual(FREED_WHILE_MAPPED);
    expect(judged.steps.failed).toBe(true);
    judged.along('');
    expect([judged.judge.failure(), judged.steps.failed]).toEqual([undefined, false]);
  });

  test('an entry is set that maps what it should not', () => {
    const judged = new Judged([setsStray], [[0], [0]]);
    judged.along('0');
    expect(judged.judge.failure()).toEqual({
      kind: 'moment',
      rule: 'entry-is-right-when-set',
      text: 'From the moment that it is set, before the operation returns, an entry maps the right page with the right permission.',
      detail: 'process 1, page 8: an entry, and no mapping covers it, while the operation runs',
    });
    expect(judged.steps.failed).toBe(true);
  });

  test('what comes first is what is told', () => {
    const judged = new Judged(
      [freesMapped, setsStray, warns],
      [
        [0, 1, 2],
        [1, 0, 2],
      ],
    );
    judged.along('000');
    expect(judged.judge.failure()?.rule).toBe('no-page-freed-while-mapped');
    judged.along('111');
    expect(judged.judge.failure()?.rule).toBe('entry-is-right-when-set');
  });

  test('the kernel warns', () => {
    const judged = new Judged([warns], [[0], [0]]);
    judged.along('1');
    expect(judged.judge.failure()).toEqual({
      kind: 'warning',
      rule: 'no-kernel-warning',
      text: 'The kernel never warns: no count from zero or below, no page freed in use, no buffer freed twice.',
      detail: 'BUG: kernel NULL pointer dereference: an event without a buffer',
    });
  });

  test('a task tries again for ever', () => {
    const judged = new Judged([hangs, warns], [[1], [0]]);
    judged.along('1');
    expect(judged.judge.failure()).toEqual({
      kind: 'hang',
      rule: 'hang',
      text: 'Every operation ends.',
      detail: 'task 2 tries again for ever',
    });
    const first = new Judged([hangs], [[0], [0]]);
    first.along('0');
    expect(first.judge.failure()?.detail).toBe('task 1 tries again for ever');
  });

  test('memory is used after it was freed', () => {
    const judged = new Judged([frees, uses], [[0], [1]]);
    judged.along('01');
    expect(judged.judge.failure()).toBeUndefined();
    judged.along('001');
    expect(judged.judge.failure()).toEqual({
      kind: 'freed',
      rule: 'freed',
      text: 'Nobody uses the memory of an event or of a buffer after it was freed.',
      detail: 'buffer 2 is used after it was freed',
    });
  });

  test('of several things the moment is told, then the use, then that it does not end, then the warning', () => {
    const all: Program = (w) => {
      uses(w, new Int32Array(0), 0);
      write(w.sys.warned, 0, WARN_RB_DOUBLE_FREE);
      throw NEVER_RETURNS;
    };
    const momentToo: Program = (w, obs, proc) => {
      freesMapped(w, obs, proc);
      return all(w, obs, proc);
    };
    const rule = (programs: Program[], schedule: string) => {
      const judged = new Judged(programs, [[0], [1]]);
      judged.along(schedule);
      return judged.judge.failure()?.rule;
    };
    expect(rule([frees, momentToo], '001')).toBe('no-page-freed-while-mapped');
    expect(rule([frees, all], '001')).toBe('freed');
    expect(rule([frees, all], '01')).toBe('hang');
    expect(rule([frees, warns], '001')).toBe('no-kernel-warning');
  });
});

/** Takes the two mutexes one after the other. */
function* takes(w: World, one: number, other: number): Suspended {
  yield* lock(w.event.mmap_mutex, one);
  yield* lock(w.rb.aux_mutex, other);
  unlock(w.rb.aux_mutex, other);
  unlock(w.event.mmap_mutex, one);
  return 0;
}

describe('a schedule that does not come to an end', () => {
  test('because tasks wait for each other', () => {
    const programs: Program[] = [
      (w) => takes(w, 1, 0),
      function* (w) {
        yield* lock(w.rb.aux_mutex, 0);
        yield* lock(w.event.mmap_mutex, 1);
        return 0;
      },
      () => 0,
    ];
    const judged = new Judged(programs, [[0], [2], [1]]);
    judged.along('02201');
    expect([0, 1, 2].map((task) => judged.steps.enabled(task))).toEqual([false, false, false]);
    expect(deadlock(judged.machine, judged.steps)).toEqual({
      kind: 'deadlock',
      rule: 'deadlock',
      text: 'No task waits for itself, nor do tasks wait for each other.',
      detail: 'task 1 waits for rb.aux_mutex[0], task 3 waits for event.mmap_mutex[1]',
    });
  });

  test('because there are too many steps', () => {
    expect(endless()).toEqual({
      kind: 'endless',
      rule: 'endless',
      text: 'Tasks come to an end, whatever the schedule.',
      detail: 'more steps than any run of these operations takes',
    });
  });
});
