import { describe, expect, test } from 'vitest';
import { Dpor, REDUNDANT } from '#properties/races/dpor';
import { bruteForce } from '../../support/races/brute-force.js';
import { Litmus } from '../../support/races/litmus.js';

function explore(...program: string[]): { classes: Set<string>; schedules: number; redundant: number } {
  const dpor = new Dpor(new Litmus(...program));
  const classes = new Set<string>();
  let schedules = 0;
  for (let end = dpor.next(); end !== undefined; end = dpor.next()) {
    schedules++;
    if (end !== REDUNDANT) classes.add(dpor.history.classOf());
  }
  return { classes, schedules, redundant: dpor.redundant };
}

describe('each class of schedules is run once', () => {
  const CASES: readonly (readonly [number, ...string[]])[] = [
    [1, 'x', 'x'],
    [2, 'x=', 'x'],
    [1, 'x= x= x=', 'y= y= y='],
    [3, 'x= y', 'y= x'],
    [4, 'x= y=', 'x y'],
    [6, 'x=', 'x=', 'x='],
    [4, 'x=', 'x', 'x'],
    [2, '+l x= -l', '+l x= -l'],
    [6, '+l x= -l', '+l x= -l', '+l x= -l'],
    [1, '&r x ~r', '&r x ~r'],
    [4, '+r x= -r', '&r x ~r', '&r x ~r'],
  ];
  for (const [expected, ...program] of CASES) {
    test(`${program.join(' || ')}: ${expected}`, () => {
      const brute = bruteForce(new Litmus(...program));
      const { classes, schedules, redundant } = explore(...program);
      expect({ classes: classes.size, schedules, redundant }).toEqual({
        classes: brute.classes.size,
        schedules: brute.classes.size,
        redundant: 0,
      });
      expect(classes.size).toBe(expected);
    });
  }
});

test('tasks that can wait for each other', () => {
  const program = ['+l +m x= -m -l', '+m +l x= -l -m'];
  const { classes, schedules } = explore(...program);
  expect(classes.size).toBe(bruteForce(new Litmus(...program)).classes.size);
  expect(schedules).toBe(classes.size);
});

/** A generator of numbers below `n`, the same on every machine. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function randomTask(below: (n: number) => number, steps: number): string {
  const parts: string[] = [];
  const plain = (): string => `${'xyz'[below(3)]}${below(2) === 0 ? '=' : ''}`;
  const maybe = (what: string): string[] => (below(2) === 0 ? [what] : []);
  /** One step: to take or give back a lock, and what may come with it. */
  const step = (...together: (string | string[])[]): string => together.flat().join(',');
  while (parts.length < steps) {
    const kind = below(7);
    if (kind < 3) parts.push(plain());
    else if (kind === 3) parts.push(step(plain(), plain()));
    else if (kind === 4) {
      const lock = 'lm'[below(2)];
      parts.push(step(`+${lock}`, plain()), ...maybe(plain()), step(plain(), `-${lock}`));
    } else if (kind === 5) {
      parts.push(step('&r', maybe(plain())), ...maybe(plain()), step(maybe(plain()), '~r'));
    } else {
      // Tasks that take these in another order can wait for each other.
      const [one, other] = below(2) === 0 ? 'lm' : 'ml';
      parts.push(step(`+${one}`, maybe(plain())), `+${other}`, `-${other}`, step(maybe(plain()), `-${one}`));
    }
  }
  return parts.join(' ');
}

test('as many classes as all schedules have, grouped by what happens before what, on random programs', () => {
  for (let seed = 0; seed < 400; seed++) {
    const below = numbers(seed);
    const tasks = 2 + below(2);
    const program = Array.from({ length: tasks }, () =>
      randomTask(below, tasks === 2 ? 1 + below(5) : 1 + below(2)),
    );
    const brute = bruteForce(new Litmus(...program));
    const { classes, schedules, redundant } = explore(...program);
    expect({ classes: classes.size, schedules, redundant }, `seed ${seed}: ${program.join(' || ')}`).toEqual({
      classes: brute.classes.size,
      schedules: brute.classes.size,
      redundant: 0,
    });
  }
}, 180_000);
