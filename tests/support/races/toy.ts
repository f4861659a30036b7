// A model of a few locks and one number, with operations that a test writes itself: what can be found and told of them is known beforehand.
// Operations without a program do nothing, in one step.

import { OP_NAMES, type OpName } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { DESIGNS, type Design } from '#model/designs/index';
import type { Derived, Suspended } from '#model/interleaving/derived';
import type { RacePlan } from '#model/interleaving/plan';
import { add, read, want, want_shared, write } from '#model/interleaving/tracking';
import type { World } from '#model/kernel/world';
import type { NamedPlan } from '#properties/races/plans';
import { pack } from '../script.js';

/** Points of the toy, by number. */
const LOCK = 0;
const UNLOCK = 1;
export const HERE = 2;
const SITES = ['lock', 'unlock', 'here', 'nowhere'].map((call, i) => ({
  at: `toy.ts:${i}`,
  in: 'toy',
  call,
}));

/** What an operation does. @returns its status, or how it goes on */
export type Program = (w: World, obs: Int32Array) => number | Suspended;

export function toy(programs: Partial<Record<OpName, Program>>): Derived {
  return {
    handlers: OP_NAMES.map((name) => {
      const program = programs[name];
      return (w, _proc, _a, _b, _c, _d, _e, _f, obs) => program?.(w, obs) ?? 0;
    }),
    names_nothing: () => false,
    designs: [],
    mutants: [],
    sites: SITES,
    charge: { user: 0, pinned: 0 },
  };
}

/** A design that is transcribed: what it does is not held against the specification. */
export const DESIGN: Design = DESIGNS.find(({ id }) => id === 'v6.12') ?? DESIGNS[0];

/** Each text is one operation (see script.ts). */
const packed = (...texts: string[]): Int32Array => Int32Array.from(texts.flatMap((text) => [...pack(text)]));

export function planOf(prefix: readonly string[], ...tasks: (readonly string[])[]): RacePlan {
  return { env: DEFAULT_ENV, prefix: packed(...prefix), tasks: tasks.map((texts) => packed(...texts)) };
}

export const named = (name: string, plan: RacePlan): NamedPlan => ({ name, plan });

/** The number that tasks have in common. */
export const number = (w: World): number => read(w.content, 0);
export const set = (w: World, value: number): number => write(w.content, 0, value);

/** Another one: how many operations have made things ready. */
export const ready = (w: World): number => read(w.content, 1);
export const prepare = (w: World): number => write(w.content, 1, ready(w) + 1);

/** The kernel warns. */
export const warn = (w: World, code: number): number => write(w.sys.warned, 0, code);

export function* lock(column: Int32Array, row = 0): Generator<number, void, void> {
  want(column, row);
  yield LOCK;
  write(column, row, 1);
}

export function* unlock(column: Int32Array, row = 0): Generator<number, void, void> {
  write(column, row, 0);
  yield UNLOCK;
}

export function* share(column: Int32Array, row = 0): Generator<number, void, void> {
  want_shared(column, row);
  yield LOCK;
  add(column, row, -1);
}

export function* unshare(column: Int32Array, row = 0): Generator<number, void, void> {
  add(column, row, 1);
  yield UNLOCK;
}

/** Adds one to the number, and gives what it was; what another one adds between is lost. In three steps: to begin, read, write. */
export function* increment(w: World, obs: Int32Array): Suspended {
  yield HERE;
  obs[1] = number(w);
  yield HERE;
  set(w, obs[1] + 1);
  return 0;
}

/** `load` warns of a number that has changed since it looked, in one way after one change, in another after two; `store` makes two. */
export const TWO_WARNINGS = {
  *load(w: World): Suspended {
    const before = number(w);
    yield HERE;
    if (number(w) === before) return 0;
    yield HERE;
    warn(w, number(w) === before + 1 ? 1 : 2);
    return 0;
  },
  *store(w: World): Suspended {
    set(w, number(w) + 1);
    yield HERE;
    set(w, number(w) + 1);
    yield HERE;
    return 0;
  },
};
