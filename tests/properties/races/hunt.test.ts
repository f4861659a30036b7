import { describe, expect, test } from 'vitest';
import { execute, following } from '#properties/races/execute';
import { Hunt } from '#properties/races/hunt';
import { Race } from '#properties/races/race';
import { raceClass } from '#properties/races/race-failure';
import { DESIGN, HERE, increment, type Program, planOf, toy, warn } from '../../support/races/toy.js';

const TWO = planOf([], ['load page=0'], ['1: load page=0']);
const LOST = 'order | load of task # gives #, in order #';

describe('a failure that is looked for', () => {
  test('is found in one of the classes of a plan, with which it ends', () => {
    const derived = toy({ load: increment });
    const hunt = new Hunt(derived, DESIGN, LOST);
    const seen = [...hunt.schedulesOf(TWO)];
    expect(hunt.schedules).toBe(seen.length);
    expect(seen.slice(0, -1).every((schedule) => schedule === undefined)).toBe(true);
    const schedule = seen.at(-1) ?? [];
    const executed = execute(new Race(derived, DESIGN, TWO), following(schedule));
    expect(executed.schedule).toEqual(schedule);
    expect(executed.failure && raceClass(executed.failure)).toBe(LOST);
    // Counted over all plans.
    expect([...hunt.schedulesOf(TWO)]).toEqual(seen);
    expect(hunt.schedules).toBe(2 * seen.length);
  });

  test('is not any other failure', () => {
    const hunt = new Hunt(toy({ load: increment }), DESIGN, 'order | load of task # gives #');
    expect([...hunt.schedulesOf(TWO)]).toEqual([undefined, undefined, undefined, undefined]);
    expect(hunt.schedules).toBe(4);
  });

  test('is not in a plan with nothing wrong', () => {
    const hunt = new Hunt(toy({}), DESIGN, LOST);
    expect([...hunt.schedulesOf(TWO)]).toEqual([undefined]);
  });
});

describe('a plan that is no race', () => {
  test('fails one operation after the other', () => {
    const warns: Program = function* (w) {
      yield HERE;
      warn(w, 1);
      return 0;
    };
    const hunt = new Hunt(toy({ load: warns }), DESIGN, 'no-kernel-warning');
    expect([...hunt.schedulesOf(TWO)]).toEqual([]);
    expect(hunt.schedules).toBe(0);
  });

  test('or has more orders of its operations than can be looked at', () => {
    const many = Array.from({ length: 12 }, () => 'load page=0');
    const hunt = new Hunt(toy({ load: increment }), DESIGN, LOST);
    expect([...hunt.schedulesOf(planOf([], many, many))]).toEqual([]);
    expect(hunt.schedules).toBe(0);
  });

  test('but one whose beginning the specification does not accept is one', () => {
    const hunt = new Hunt(toy({ load: increment }), { ...DESIGN, kind: 'intended' }, LOST);
    const seen = [...hunt.schedulesOf({ ...TWO, prefix: TWO.tasks[0] })];
    expect(seen.at(-1)).toBeDefined();
    expect(hunt.schedules).toBe(seen.length);
  });

  test('but what is wrong with the model itself is said', () => {
    const breaks: Program = () => {
      throw new Error('broken');
    };
    const hunt = new Hunt(toy({ load: breaks }), DESIGN, LOST);
    expect(() => [...hunt.schedulesOf(TWO)]).toThrow('broken');
  });
});
