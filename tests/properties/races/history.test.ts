// What happens before what in one schedule, and which steps of it could come the other way round.
import { describe, expect, test } from 'vitest';
import { History, MAX_STEPS } from '#properties/races/history';
import { Litmus } from '../../support/races/litmus.js';

/** A schedule that was run: the task of each step. */
function ran(schedule: string, ...program: string[]): { steps: Litmus; history: History } {
  const steps = new Litmus(...program);
  const history = new History(steps);
  steps.begin();
  for (const each of schedule) history.append(Number(each), steps.step(Number(each)));
  return { steps, history };
}

const racesOf = (schedule: string, ...program: string[]): number[] => ran(schedule, ...program).history.races;

/** "j<k": step j happens before step k. */
function orderOf(history: History): string[] {
  const pairs: string[] = [];
  for (let k = 0; k < history.length; k++)
    for (let j = 0; j < k; j++) if (history.before(j, k)) pairs.push(`${j}<${k}`);
  return pairs;
}

describe('steps', () => {
  test('are told by task, footprint and their number among those of the task', () => {
    const { steps, history } = ran('01001', 'x= y z', 'x y=');
    expect(history.length).toBe(5);
    expect([...history.task.subarray(0, 5)]).toEqual([0, 1, 0, 0, 1]);
    expect([...history.nth.subarray(0, 5)]).toEqual([1, 1, 2, 3, 2]);
    const touched = [...history.footprint.subarray(0, 5)].map((id) => [...steps.footprints.all[id].accesses]);
    // x is object 23, y and z the next ones; twice that, and one more where it is written.
    expect(touched).toEqual([[47], [46], [48], [50], [49]]);
  });

  test('happen before the later ones of their task and those that depend on them, and what comes after these', () => {
    expect(orderOf(ran('0011', 'x= y=', 'y z').history)).toEqual(['0<1', '0<2', '1<2', '0<3', '1<3', '2<3']);
    expect(orderOf(ran('0101', 'x= y', 'z x').history)).toEqual(['0<2', '0<3', '1<3']);
    expect(orderOf(ran('0101', 'x= y', 'x z').history)).toEqual(['0<1', '0<2', '0<3', '1<3']);
    expect(orderOf(ran('012', 'x=', 'x= y=', 'y').history)).toEqual(['0<1']);
    expect(orderOf(ran('0112', 'x=', 'x= y=', 'y').history)).toEqual([
      '0<1',
      '0<2',
      '1<2',
      '0<3',
      '1<3',
      '2<3',
    ]);
  });

  test('happen before what they wait for is given back, and after', () => {
    expect(orderOf(ran('0011', '+l -l', '+l -l').history)).toEqual([
      '0<1',
      '0<2',
      '1<2',
      '0<3',
      '1<3',
      '2<3',
    ]);
    expect(orderOf(ran('0101', '&r ~r', '&r ~r').history)).toEqual(['0<2', '1<3']);
  });
});

test('a schedule of as many steps as there can be is kept whole', () => {
  const program = (word: string): string =>
    Array<string>(MAX_STEPS / 2)
      .fill(word)
      .join(' ');
  const { history } = ran('01'.repeat(MAX_STEPS / 2), program('x'), program('y'));
  const last = MAX_STEPS - 1;
  expect([history.length, history.nth[last - 1], history.nth[last]]).toEqual([MAX_STEPS, 500, 500]);
  expect([history.before(last - 2, last), history.before(1, last), history.before(last - 1, last)]).toEqual([
    true,
    true,
    false,
  ]);
});

describe('races', () => {
  test('are pairs of conflicting steps of which neither is in the past of the other by a third', () => {
    expect(racesOf('01', 'x=', 'x')).toEqual([0, 1]);
    expect(racesOf('01', 'x', 'x')).toEqual([]);
    expect(racesOf('00', 'x=  x=', 'y')).toEqual([]);
    expect(racesOf('0011', 'x= y=', 'y x')).toEqual([1, 2]);
    expect(racesOf('0011', 'y= x=', 'y x')).toEqual([0, 2, 1, 3]);
    expect(racesOf('012', 'x=', 'x=', 'x=')).toEqual([0, 1, 1, 2]);
    expect(racesOf('012', 'x=', 'x', 'x=')).toEqual([0, 1, 1, 2]);
    expect(racesOf('012', 'x', 'x', 'x=')).toEqual([1, 2, 0, 2]);
  });

  test('for a lock are with the step that took it last, not with the one that gave it back', () => {
    expect(racesOf('0011', '+l -l', '+l -l')).toEqual([0, 2]);
    expect(racesOf('000111', '+l x= -l', '+l x= -l')).toEqual([0, 3]);
    expect(racesOf('001122', '+l -l', '+l -l', '+l -l')).toEqual([0, 2, 2, 4]);
    expect(racesOf('001122', '+l -l', '+l -l', '+l -l x')).toEqual([0, 2, 2, 4]);
  });

  test('for a lock that is shared are with each of those who share it', () => {
    expect(racesOf('0101', '&r ~r', '&r ~r')).toEqual([]);
    expect(racesOf('010122', '&r ~r', '&r ~r', '+r -r')).toEqual([1, 4, 0, 4]);
    expect(racesOf('001122', '+r -r', '&r ~r', '&r ~r')).toEqual([0, 2, 0, 4]);
    // Those who share it hide nobody; behind one that took it alone nobody comes in question.
    expect(racesOf('00112233', '&r ~r', '+r -r', '&r ~r', '+r -r')).toEqual([0, 2, 2, 4, 4, 6, 2, 6]);
  });

  test('for a lock are none with what the task has seen of the other already', () => {
    // The variable tells task 1 of what task 0 did before it.
    expect(racesOf('00011', '+l -l x=', 'x +l,-l')).toEqual([2, 3]);
    expect(racesOf('0011', '+l -l,x=', 'x +l,-l')).toEqual([1, 2]);
    expect(racesOf('0101', '+l,x= -l', 'x +l,-l')).toEqual([0, 1]);
    // What it has seen by the lock alone does not count: that one comes with it.
    expect(racesOf('0011', '+l x=,-l', '+l,x -l')).toEqual([1, 2, 0, 2]);
  });

  test('are forgotten with the steps', () => {
    const { steps, history } = ran('0011', 'y= x=', 'y x');
    history.cut(1);
    expect([history.length, history.races]).toEqual([1, []]);
    steps.begin();
    steps.again(0);
    history.append(1, steps.step(1));
    history.append(1, steps.step(1));
    expect(history.races).toEqual([0, 1]);
    expect([...history.nth.subarray(0, 3)]).toEqual([1, 1, 2]);
    expect(history.classOf()).toBe('1.0|1.1 1.2');
    history.append(0, steps.step(0));
    expect(history.races).toEqual([0, 1, 2, 3]);
    expect([...history.nth.subarray(0, 4)]).toEqual([1, 1, 2, 2]);
    expect(history.classOf()).toBe('1.0 2.2|1.1 1.2');
  });

  test('of a step that cannot be taken are told, and nothing else of it stays', () => {
    const program = ['+l x= +m', '+m x +l'];
    const { steps, history } = ran('0011', ...program);
    expect(history.races).toEqual([1, 3]);
    const before = history.classOf();
    history.races.length = 0;
    for (const task of [0, 1]) history.waits(task, steps.waiting(task));
    expect(history.races).toEqual([2, 4]);
    expect([history.length, history.classOf()]).toEqual([4, before]);
    // It comes after all steps that its task has taken, and what it depends on.
    expect(history.nth[4]).toBe(MAX_STEPS);
    expect([0, 1, 2, 3].map((k) => history.before(k, 4))).toEqual([true, true, true, true]);
  });
});

describe('the class of a schedule', () => {
  test('is the past of each step, by task', () => {
    expect(ran('', 'x', 'x').history.classOf()).toBe('|');
    expect(ran('01', 'x=', 'x').history.classOf()).toBe('1.0|1.1');
    expect(ran('10', 'x=', 'x').history.classOf()).toBe('1.1|0.1');
    expect(ran('0120', 'x= z', 'y', 'z=').history.classOf()).toBe('1.0.0 2.0.1|0.1.0|0.0.1');
  });

  test('is one where independent steps are in another order', () => {
    const program = ['x= y', 'z= y'];
    const classes = ['0011', '0101', '0110', '1001', '1010', '1100'].map((schedule) =>
      ran(schedule, ...program).history.classOf(),
    );
    expect(new Set(classes).size).toBe(1);
  });
});
