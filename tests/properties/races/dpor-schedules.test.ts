// Which schedules are run, in which order, and how each ends.
import { describe, expect, test } from 'vitest';
import { COMPLETE, DEADLOCK, Dpor, ENDLESS, FAILED, REDUNDANT } from '#properties/races/dpor';
import { mix, NO_LOCK } from '#properties/races/footprints';
import { MAX_STEPS } from '#properties/races/history';
import { bruteForce } from '../../support/races/brute-force.js';
import { Litmus } from '../../support/races/litmus.js';

const ENDS = new Map([
  [COMPLETE, 'complete'],
  [DEADLOCK, 'deadlock'],
  [FAILED, 'failed'],
  [ENDLESS, 'endless'],
  [REDUNDANT, 'redundant'],
]);

const scheduleOf = ({ history }: Dpor): string => [...history.task.subarray(0, history.length)].join('');

/** "01 complete" of each schedule. */
function all(dpor: Dpor): string[] {
  const told: string[] = [];
  for (let end = dpor.next(); end !== undefined; end = dpor.next())
    told.push(`${scheduleOf(dpor)} ${ENDS.get(end)}`);
  return told;
}
const run = (...program: string[]): string[] => all(new Dpor(new Litmus(...program)));

describe('schedules', () => {
  test('stay with the task that runs, and go on with the next one when it is over', () => {
    expect(run('x y', 'z', 'x y')).toEqual(['00122 complete']);
    expect(run('z', 'z= x=', 'x x')).toEqual([
      '01122 complete',
      '01221 complete',
      '01212 complete',
      '11220 complete',
      '10221 complete',
      '10212 complete',
    ]);
  });

  test('turn every race round, the last one first', () => {
    expect(run('x=', 'x')).toEqual(['01 complete', '10 complete']);
    expect(run('x= y', 'y= x')).toEqual(['0011 complete', '0110 complete', '1100 complete']);
    expect(run('x=', 'x=', 'x=')).toHaveLength(6);
  });

  test('of which one task waits in the end are deadlocks', () => {
    expect(run('+l +m', '+m +l')).toEqual(['00 deadlock', '01 deadlock', '11 deadlock']);
    expect(run('+l', '+l', 'x')).toEqual(['02 deadlock', '21 deadlock']);
    expect(run('+l +l', 'x')).toEqual(['01 deadlock']);
  });
});

test('no schedules are run twice, and then there are no more', () => {
  const dpor = new Dpor(new Litmus('x= y', 'y= x'));
  const first = all(dpor);
  expect([dpor.classes, dpor.redundant, dpor.steps]).toEqual([3, 0, 12]);
  expect([dpor.next(), dpor.next()]).toEqual([undefined, undefined]);
  expect([dpor.classes, dpor.redundant, dpor.steps]).toEqual([3, 0, 12]);
  for (const after of [0, 1, 2, 3]) {
    dpor.restart();
    expect([dpor.classes, dpor.redundant, dpor.steps, dpor.history.length]).toEqual([0, 0, 0, 0]);
    expect(Array.from({ length: after }, () => dpor.next())).toEqual(Array(after).fill(COMPLETE));
    dpor.restart();
    expect(all(dpor)).toEqual(first);
    expect([dpor.classes, dpor.redundant, dpor.steps]).toEqual([3, 0, 12]);
  }
});

test('each step that was not taken before is told before it is taken', () => {
  const steps = new Litmus('x= y', 'y= x');
  const dpor = new Dpor(steps);
  const told: string[] = [];
  while (dpor.next((task) => told.push(`${steps.done.join('')}<${task}`)) !== undefined) told.push('');
  const schedules = ['<0 0<0 00<1 001<1', '0<1 01<1 011<0', '<1 1<1 11<0 110<0'];
  expect(told.join(' ').trim()).toBe(schedules.join('  '));
});

describe('a schedule', () => {
  test('ends where the steps tell of a failure, and others are run after it', () => {
    const steps = new Litmus('x= y', 'x y=');
    const step = steps.step.bind(steps);
    // The second task fails if it is first.
    steps.step = (task) => {
      const footprint = step(task);
      steps.failed = steps.done[0] === 1;
      return footprint;
    };
    const begin = steps.begin.bind(steps);
    steps.begin = () => {
      begin();
      steps.failed = false;
    };
    const dpor = new Dpor(steps);
    expect(all(dpor)).toEqual(['0011 complete', '0110 complete', '1 failed']);
    expect(dpor.classes).toBe(3);
  });

  test('of too many steps is cut off', () => {
    const long = (steps: number): [number | undefined, number] => {
      const dpor = new Dpor(new Litmus(Array(steps).fill('x').join(' '), 'y', 'z'));
      return [dpor.next(), dpor.history.length];
    };
    // Every task may wait in the end, and has a place in the history.
    const most = MAX_STEPS - 3;
    expect(long(most - 3)).toEqual([COMPLETE, most - 1]);
    expect(long(most - 2)).toEqual([ENDLESS, most]);
    expect(long(MAX_STEPS)).toEqual([ENDLESS, most]);
  });
});

/** The second step of task 1 writes w instead of x where task 0 has not run, and nothing tells that it depends on this. */
class Untold extends Litmus {
  constructor() {
    super('x=', 'y= x=', 'w=');
  }

  override step(task: number): number {
    const other = task === 1 && this.done.includes(1) && !this.done.includes(0);
    const footprint = super.step(task);
    if (!other) return footprint;
    const w = Int32Array.of(('w'.charCodeAt(0) - 97) * 2 + 1);
    return this.footprints.number(w, 1, w.reduce(mix, NO_LOCK), NO_LOCK, false, false);
  }
}

test('where all that can go on was tried elsewhere, a schedule is for nothing, and nothing is learned of it', () => {
  const dpor = new Dpor(new Untold());
  // Task 0 was tried first, and nothing came that depends on it.
  expect(all(dpor)).toEqual(['0112 complete', '121 redundant']);
  expect([dpor.classes, dpor.redundant, dpor.steps]).toEqual([1, 1, 7]);
});

describe('tasks that keep what they take, or take it twice: as many classes as all schedules have', () => {
  const PROGRAMS: readonly (readonly string[])[] = [
    ['+l +l', 'x'],
    ['+l x= +l', '+l x', 'x'],
    ['&r +r', '&r x= ~r', 'x'],
    ['&r,y=', '+l,x +r -r -l', '&r,z'],
    ['+r,x= z=,-r', '&r', '+l,x z,-l'],
    ['+r,x= x x,-r', '&r +l', '+l,y x,-l'],
    ['&r x= ~r', '&r x,~r', '+r'],
    ['&r x= y,~r', '&r x y=,~r', '+r -r'],
    ['&r z x=,~r', '+r -r', '&r x= y,~r'],
    ['+r y -r', '&r x= z=,~r', '&r z= y=,~r', '&r y x,~r'],
    ['+l,x=,-l y', '+l,x,-l y=', '+l,-l'],
    ['&r,x=,~r y', '+r,x,-r', '&r,~r y='],
    ['x= z=,z', 'x=,z', 'x='],
    ['+l,y= z=,-l', 'z +l,y z,-l', 'y='],
    // The step that takes m gives l back.
    ['+l +m,-l -m', '+l x= -l', '+l x= -l'],
    // The last task never gets r alone, which it shares itself by then.
    ['&r x= ~r', 'z', '&r +r'],
  ];
  test.each(PROGRAMS.map((program) => [program.join(' || '), program]))('%s', (_name, program) => {
    const brute = bruteForce(new Litmus(...program));
    const dpor = new Dpor(new Litmus(...program));
    const classes = new Set<string>();
    while (dpor.next() !== undefined) classes.add(dpor.history.classOf());
    expect([classes.size, dpor.classes, dpor.redundant]).toEqual([brute.classes.size, brute.classes.size, 0]);
  });
});
