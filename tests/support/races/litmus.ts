// Small programs for schedulers: each task a list of instructions on a few variables and locks, written as text: "x" reads x, "x="
// writes it, "+l" takes the lock l, "-l" gives it back, "&r" takes the lock r to share it, "~r" gives that back. Instructions that are
// joined by "," are one step.

import { Footprints, mix, NO_LOCK } from '#properties/races/footprints';
import type { Steps } from '#properties/races/steps';

interface Step {
  readonly raw: Int32Array;
  readonly takes: number;
  readonly shared: boolean;
  readonly keeps: boolean;
  readonly apply: readonly [lock: number, by: number][];
}

const LOCKS = 26;
const objectOf = (name: string): number => name.charCodeAt(0) - 97;
const LOCK_NAMES = 'lmnopqr';
const isLock = (object: number): boolean => LOCK_NAMES.includes(String.fromCharCode(97 + object));

function parse(text: string): Step {
  const raw: number[] = [];
  const apply: [number, number][] = [];
  let takes = NO_LOCK;
  let shared = false;
  for (const part of text.split(',')) {
    const sign = /^[+\-&~]/.exec(part)?.[0] ?? '';
    const object = objectOf(part.slice(sign.length));
    raw.push(object * 2 + (sign === '+' || sign === '-' || part.endsWith('=') ? 1 : 0));
    if (sign === '+' || sign === '&') {
      takes = object;
      shared = sign === '&';
    }
    if (sign !== '') apply.push([object, { '+': 1, '-': -1, '&': -1, '~': 1 }[sign] ?? 0]);
  }
  const keeps =
    takes !== NO_LOCK && apply.reduce((sum, [lock, by]) => sum + (lock === takes ? by : 0), 0) !== 0;
  return { raw: Int32Array.from(raw), takes, shared, keeps, apply };
}

/** A program as Steps; a lock's value is 1 when held alone, below 0 when shared. */
export class Litmus implements Steps {
  readonly footprints = new Footprints(isLock);
  readonly tasks: number;
  failed = false;
  /** The task of each step since `begin`. */
  readonly done: number[] = [];
  readonly #programs: readonly Step[][];
  readonly #at: number[];
  readonly #locks = new Int32Array(LOCKS);

  constructor(...tasks: string[]) {
    this.#programs = tasks.map((task) => task.split(' ').filter(Boolean).map(parse));
    this.tasks = tasks.length;
    this.#at = tasks.map(() => 0);
  }

  begin(): void {
    this.#at.fill(0);
    this.#locks.fill(0);
    this.done.length = 0;
  }

  over(task: number): boolean {
    return this.#at[task] >= this.#programs[task].length;
  }

  enabled(task: number): boolean {
    if (this.over(task)) return false;
    const { takes, shared } = this.#programs[task][this.#at[task]];
    if (takes === NO_LOCK) return true;
    return this.#locks[takes] === 0 || (shared && this.#locks[takes] < 0);
  }

  step(task: number): number {
    const step = this.#programs[task][this.#at[task]++];
    for (const [lock, by] of step.apply) this.#locks[lock] += by;
    this.done.push(task);
    return this.#number(step.raw, step.takes, step.shared, step.keeps);
  }

  again(task: number): void {
    this.step(task);
  }

  waiting(task: number): number {
    const { takes, shared } = this.#programs[task][this.#at[task]];
    return this.#number(Int32Array.of(takes * 2 + (shared ? 0 : 1)), takes, shared, true);
  }

  #number(raw: Int32Array, takes: number, shared: boolean, keeps: boolean): number {
    return this.footprints.number(raw, raw.length, raw.reduce(mix, takes), takes, shared, keeps);
  }
}
