import { describe, expect, test } from 'vitest';
import { Bounded, type Cost } from '#properties/races/bounded';
import { Planted } from '../../support/races/planted.js';

/** Every schedule of tasks of so many steps that never wait, and what it costs. */
function all(steps: readonly number[]): { schedule: string; cost: Record<Cost, number> }[] {
  const found: { schedule: string; cost: Record<Cost, number> }[] = [];
  const left = [...steps];
  const extend = (schedule: number[], cost: Record<Cost, number>): void => {
    if (left.every((n) => n === 0)) found.push({ schedule: schedule.join(''), cost });
    left.forEach((n, task) => {
      if (n === 0) return;
      const last = schedule.at(-1) ?? task;
      const switched = task === last ? 0 : 1;
      const preempted = switched === 1 && left[last] > 0 ? 1 : 0;
      left[task]--;
      extend([...schedule, task], {
        switches: cost.switches + switched,
        preemptions: cost.preemptions + preempted,
      });
      left[task]++;
    });
  };
  extend([], { switches: 0, preemptions: 0 });
  return found;
}

function bounded(planted: Planted, bound: number, cost: Cost): { schedules: string[]; failures: number } {
  const search = new Bounded(planted, bound, cost);
  const schedules: string[] = [];
  let failures = 0;
  for (let each = search.next(); each !== undefined; each = search.next()) {
    schedules.push(each.schedule.join(''));
    if (each.failure !== undefined) failures++;
  }
  expect(search.schedules).toBe(schedules.length);
  return { schedules, failures };
}

describe('all schedules within the bound are run, and each once', () => {
  const PROGRAMS = [
    ['x= x= x=', 'y= y='],
    ['x= x=', 'y= y=', 'z='],
    ['x= x= x= x=', 'y= y= y= y='],
  ];
  for (const program of PROGRAMS) {
    for (const cost of ['switches', 'preemptions'] as const) {
      test.each([0, 1, 2, 3, 99])(`${program.join(' || ')}, ${cost} at most %i`, (bound) => {
        const expected = all(program.map((task) => task.split(' ').length));
        const within = expected.filter((each) => each.cost[cost] <= bound).map(({ schedule }) => schedule);
        const { schedules } = bounded(new Planted([], ...program), bound, cost);
        expect(schedules.sort()).toEqual(within.sort());
      });
    }
  }
});

describe('a planted race', () => {
  const order = ['0.1', '1.0', '1.2', '0.2'];
  const program = ['x= x= x= x=', 'y= y= y='];

  test('that needs one preemption is found with one, and not with none', () => {
    expect(bounded(new Planted(order, ...program), 0, 'preemptions').failures).toBe(0);
    expect(bounded(new Planted(order, ...program), 1, 'preemptions').failures).toBe(1);
  });

  test('that needs two switches is found with two, and not with one', () => {
    expect(bounded(new Planted(order, ...program), 1, 'switches').failures).toBe(0);
    expect(bounded(new Planted(order, ...program), 2, 'switches').failures).toBe(1);
  });

  test('that is none is not found', () => {
    const { schedules, failures } = bounded(new Planted(['0.1', '0.0'], ...program), 99, 'preemptions');
    expect(schedules).toHaveLength(35);
    expect(failures).toBe(0);
  });
});

test('tasks that wait for a lock, and a deadlock', () => {
  const crossed = ['+l +m -m -l', '+m +l -l -m'];
  expect(bounded(new Planted([], ...crossed), 0, 'preemptions').failures).toBe(0);
  expect(bounded(new Planted([], ...crossed), 1, 'preemptions').failures).toBeGreaterThan(0);
  expect(bounded(new Planted([], ...crossed), 0, 'switches')).toEqual({ schedules: [], failures: 0 });
  expect(bounded(new Planted([], ...crossed), 1, 'switches')).toEqual({
    schedules: ['00001111', '01', '11110000', '10'],
    failures: 2,
  });
  const ordered = ['+l +m -m -l', '+l +m -m -l'];
  expect(bounded(new Planted([], ...ordered), 99, 'preemptions').failures).toBe(0);
});

test('a schedule is not gone on with otherwise where that is beyond the bound already', () => {
  const begun = (bound: number, cost: Cost): number => {
    const planted = new Planted([], 'x=', 'y= y=', 'z= z=');
    const begin = planted.begin.bind(planted);
    let count = 0;
    planted.begin = () => {
      count++;
      begin();
    };
    bounded(planted, bound, cost);
    return count;
  };
  // One for each task that comes first; then also one for each other choice at which the first switch is.
  expect([begun(0, 'switches'), begun(1, 'switches')]).toEqual([3, 3 + 7]);
  expect(begun(0, 'preemptions')).toBe(6);
});
