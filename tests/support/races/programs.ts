// Operations written by hand in place of the model's, on its state: what a machine runs, and what its tasks touch, is then known word by
// word. `load page=N` runs the N-th program, on behalf of the process that does it.

import { OP, OP_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import type { Derived, Suspended } from '#model/interleaving/derived';
import { Machine } from '#model/interleaving/machine';
import type { RacePlan } from '#model/interleaving/plan';
import { add, read, want, want_shared, write } from '#model/interleaving/tracking';
import type { World } from '#model/kernel/world';
import { pack } from '../script.js';

/** What an operation does up to each `yield`, and its status; its value is `obs[1]`. */
export type Program = (w: World, obs: Int32Array, proc: number) => number | Suspended;

/** A task: numbers of programs, or operations as text. */
export type Task = readonly (number | string)[];

type Handler = Derived['handlers'][number];

/** What is there beside the programs: what `headroom` shows, which every process is asked for at the end, and how a process ends. */
export interface Beside {
  readonly headroom?: (w: World, proc: number) => number;
  readonly exit?: (w: World, proc: number) => void;
}

function derivedOf(programs: readonly Program[], { headroom = () => 0, exit }: Beside): Derived {
  const handlers = OP_NAMES.map((): Handler => () => 0);
  handlers[OP.load] = (w, proc, page, ...rest) => programs[page](w, rest[5], proc);
  handlers[OP.headroom] = (w, proc, ...rest) => {
    rest[6][1] = headroom(w, proc);
    return 0;
  };
  handlers[OP.exit] = (w, proc) => {
    write(w.task.alive, proc, 0);
    exit?.(w, proc);
    return 0;
  };
  return {
    handlers,
    names_nothing: () => false,
    designs: [],
    mutants: [],
    sites: [],
    charge: { user: 0, pinned: 0 },
  };
}

/** A plan of tasks of process 0, which is there from the beginning. */
export function planOf(...tasks: Task[]): RacePlan {
  const operations = (task: Task): Int32Array =>
    Int32Array.from(task.flatMap((each) => [...pack(typeof each === 'number' ? `load page=${each}` : each)]));
  return { env: DEFAULT_ENV, prefix: new Int32Array(0), tasks: tasks.map(operations) };
}

export function machineOf(
  programs: readonly Program[],
  plan: RacePlan,
  beside: Beside = {},
  design: Design = advance,
): Machine {
  const machine = new Machine(derivedOf(programs, beside), design);
  machine.load(plan);
  return machine;
}

/** The lock is taken when it is free: the caller is suspended before. */
export function* lock(column: Int32Array, row: number): Generator<number, void, void> {
  want(column, row);
  yield 0;
  write(column, row, 1);
}

export const unlock = (column: Int32Array, row: number): number => write(column, row, 0);

/** As `lock`, beside others who share it. */
export function* lockShared(column: Int32Array, row: number): Generator<number, void, void> {
  want_shared(column, row);
  yield 0;
  add(column, row, -1);
}

export const unlockShared = (column: Int32Array, row: number): number => add(column, row, 1);

/** A word for programs to work on, of which no invariant knows. */
export const get = (w: World, word: number): number => read(w.content, word);
export const set = (w: World, word: number, value: number): number => write(w.content, word, value);
