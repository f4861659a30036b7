// What is wrong when every task is over, on operations written by hand.
import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { write } from '#model/interleaving/tracking';
import { TABLE_FULL } from '#model/kernel/stop';
import type { World } from '#model/kernel/world';
import { Judged } from '../../support/races/judged.js';
import { get, type Program, set } from '../../support/races/programs.js';

/** A program of two steps, which does this if another task comes between them. */
const ifDisturbed = (does: (w: World) => unknown): Program =>
  function* (w) {
    const before = get(w, 0);
    yield 0;
    if (get(w, 0) !== before) does(w);
    return 0;
  };
const disturbs: Program = (w) => set(w, 0, get(w, 0) + 1) * 0;

/** Nothing but the end of all processes shows this: process 2 is not there. */
const pins = (w: World): number => write(w.task.pinned_vm, 2, 3) * 0;

const CHARGED = {
  kind: 'state',
  rule: 'charges-match',
  text: 'Each user and each memory is charged exactly the buffer pages that it made, never less than none.',
  detail: 'perf_mlock of user 1 is 3 pages, made and still there: 0',
};

/** What is wrong with schedules of a program of two steps beside one that disturbs it: that comes between them, or after. */
function disturbed(does: (w: World) => unknown, design?: Design) {
  const judged = Judged.learned([ifDisturbed(does), disturbs], [[0], [1]], {}, design);
  return { judged, between: judged.verdict('010'), after: judged.verdict('001') };
}

describe('at the end', () => {
  test('nothing is wrong with a state in which everything holds', () => {
    const judged = Judged.learned([disturbs], [[0], [0]]);
    expect([judged.verdict('01'), judged.verdict('10')]).toEqual([undefined, undefined]);
    const { unfit, brokenAnyway, varied, ends } = judged.judge;
    expect([unfit, [...brokenAnyway], varied, ends]).toEqual([undefined, [], 0, 2]);
  });

  test('an invariant does not hold', () => {
    const { between, after } = disturbed((w) => write(w.user.perf_mlock, 1, 3));
    expect([between, after]).toEqual([CHARGED, undefined]);
  });

  test('the first invariant is told that does not hold', () => {
    const { between } = disturbed((w) => {
      write(w.user.perf_mlock, 1, 3);
      write(w.task.mmap_lock, 0, 1);
    });
    expect(between).toMatchObject({ rule: 'locks-released', detail: 'mmap_lock of process 0 is held' });
  });

  test('what is there is counted anew', () => {
    // The event is live, so that its mutex is looked at.
    const { between, after } = disturbed((w) => {
      write(w.event.used, 2, 1);
      write(w.event.mmap_mutex, 2, 1);
    });
    expect([between?.detail, after]).toEqual(['mmap_mutex of event 2 is held', undefined]);
  });

  test('what only designs of another kind promise is not asked', () => {
    const writesField = (w: World) => write(w.sys.page_field_writes, 0, 1);
    expect(disturbed(writesField, advance).between?.rule).toBe('page-fields-untouched');
    expect(disturbed(writesField, demand_fault).between).toBeUndefined();
  });

  test('something is left when every process has exited', () => {
    const { between, after } = disturbed(pins);
    expect(between).toEqual({
      kind: 'state',
      rule: 'nothing-left',
      text: 'When every process is gone, no event, buffer, page, count or charge is left.',
      detail: 'pinned_vm of dead process 2 is 3',
    });
    expect(after).toBeUndefined();
  });

  test('the processes that are there exit, the last one first', () => {
    const exits: number[] = [];
    const exit = (_w: World, proc: number): void => {
      exits.push(proc);
    };
    const judged = new Judged([(w) => write(w.task.alive, 1, 1) * 0], [[0]], { exit });
    judged.along('0');
    expect([judged.judge.leftovers(), exits]).toEqual([undefined, [1, 0]]);
  });

  test('nothing is said where a table of the model is full', () => {
    const { judged, between } = disturbed((w) => {
      write(w.user.perf_mlock, 1, 3);
      throw TABLE_FULL;
    });
    expect([between, judged.judge.ends]).toEqual([undefined, 2]);
  });

  test('an end is looked at once', () => {
    let asked = 0;
    const judged = Judged.learned([disturbs], [[0], [0]], { exit: () => asked++ });
    asked = 0;
    for (let i = 0; i < 3; i++) expect(judged.verdict('01')).toBeUndefined();
    expect([asked, judged.judge.ends]).toEqual([1, 1]);
    judged.verdict('10');
    expect([asked, judged.judge.ends]).toEqual([2, 2]);
  });
});
