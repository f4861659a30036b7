import { ARENA_PAGES } from '../../model/alphabet/bounds.js';
import { SKIP } from '../../model/alphabet/observations.js';
import { type Group, OP_NAMES, OPERATIONS, type OpName } from '../../model/alphabet/operations.js';
import { mmOf, type Watch, type World } from '../../model/kernel/world.js';
import { MOMENT_INVARIANTS } from './at-every-moment.js';
import { contextOf } from './context.js';
import { END_INVARIANT, INVARIANTS, STEP_INVARIANTS } from './index.js';
import type { Context, Invariant } from './invariant.js';

/** Number of the first step invariant, and of the one at the end, among `INVARIANTS`. */
const FIRST_STEP = MOMENT_INVARIANTS.length;
const END = FIRST_STEP + STEP_INVARIANTS.length;

/**
 * Operations that can change what an invariant reads without changing a VMA, zapping an entry or faulting. After any
 * other one that did none of these the answers would be the same again.
 */
const CHANGING: readonly Group[] = ['event', 'process'];
const ONLY_IDENTITY: readonly OpName[] = ['setuid', 'record'];
export const ALWAYS_ASKED = Uint8Array.from(OP_NAMES, (name) =>
  CHANGING.includes(OPERATIONS[name].group) && !ONLY_IDENTITY.includes(name) ? 1 : 0,
);

/** An invariant that is asked after operations. */
interface Asked {
  /** In `INVARIANTS`. */
  readonly number: number;
  readonly check: Invariant['check'];
}

/** Counts up with whatever touches VMAs and page tables. */
export function touched(w: World): number {
  return w.faults + w.changes;
}

/** Which invariant does not hold, and where. */
export interface Violation {
  readonly rule: string;
  readonly text: string;
  readonly detail: string;
  /** What it is about, where that is a page of an arena. */
  readonly proc?: number;
  readonly page?: number;
}

/**
 * Asks every invariant of one model: after each operation, inside it where the model says so, and at the end.
 */
export class InvariantChecker implements Watch {
  /** Times that each invariant had something to look at, by number in `INVARIANTS`. */
  readonly applied = new Float64Array(INVARIANTS.length);
  readonly #context: Context;
  readonly #steps: readonly Asked[];
  readonly #ofObservation: readonly Asked[];
  #touched = 0;
  #broken = -1;
  readonly #only: readonly string[] | undefined;

  /** @param only ids of the invariants that are asked; left out: all */
  constructor(
    readonly world: World,
    only?: readonly string[],
  ) {
    this.#only = only;
    this.#context = contextOf(world);
    const asked = STEP_INVARIANTS.flatMap(({ id, applies, check, ofObservation = false }, i) =>
      (applies?.(world) ?? true) && this.#asks(id) ? [{ number: FIRST_STEP + i, check, ofObservation }] : [],
    );
    this.#steps = asked;
    this.#ofObservation = asked.filter(({ ofObservation }) => ofObservation);
    world.watch = this;
  }

  /** Before a sequence. */
  start(): void {
    this.#broken = -1;
  }

  /** Before each operation. */
  before(ops: Int32Array, at: number): void {
    this.#touched = touched(this.world);
    this.#context.before.remember(this.world, ops, at);
  }

  /** After each operation. @returns 0: all hold; else 1 + the number of one that does not */
  check(ops: Int32Array, at: number, obs: Int32Array): number {
    if (this.#broken >= 0) return this.#broken + 1;
    // An operation that names nothing is turned away before anything runs.
    if (obs[0] === SKIP) return 0;
    const c = this.#context;
    c.ops = ops;
    c.at = at;
    c.obs = obs;
    const unchanged = ALWAYS_ASKED[ops[at]] === 0 && touched(this.world) === this.#touched;
    if (!unchanged) c.census.take(this.world);
    const asked = unchanged ? this.#ofObservation : this.#steps;
    for (let i = 0; i < asked.length; i++) {
      const { number, check } = asked[i];
      c.looked = 0;
      const holds = check(c);
      this.applied[number] += c.looked;
      if (!holds) return this.#fail(number);
    }
    return 0;
  }

  /** When every process has exited. @returns as `check` */
  atEnd(): number {
    if (this.#broken >= 0) return this.#broken + 1;
    const c = this.#context;
    if (!this.#asks(END_INVARIANT.id)) return 0;
    c.looked = 0;
    const holds = END_INVARIANT.check(c);
    this.applied[END] += c.looked;
    return holds ? 0 : this.#fail(END);
  }

  /** What the last answer but 0 was about. */
  describe(): Violation {
    const { id, text, ofPlace, describe } = INVARIANTS[this.#broken];
    const violation = { rule: id, text, detail: describe(this.#context) };
    if (ofPlace !== true) return violation;
    const { address } = this.#context;
    return { ...violation, proc: mmOf(address), page: address % ARENA_PAGES };
  }

  pteSet(_w: World, address: number): void {
    this.#moment('pteSet', address);
  }

  pageFreed(_w: World, page: number): void {
    this.#moment('pageFreed', page);
  }

  #moment(hook: 'pteSet' | 'pageFreed', subject: number): void {
    if (this.#broken >= 0) return;
    const c = this.#context;
    for (let i = 0; i < MOMENT_INVARIANTS.length; i++) {
      const ask = MOMENT_INVARIANTS[i][hook];
      if (ask === undefined || !this.#asks(MOMENT_INVARIANTS[i].id)) continue;
      c.looked = 0;
      const holds = ask(c, subject);
      this.applied[i] += c.looked;
      if (!holds) {
        this.#fail(i);
        return;
      }
    }
  }

  #asks(id: string): boolean {
    return this.#only?.includes(id) ?? true;
  }

  #fail(number: number): number {
    this.#broken = number;
    return number + 1;
  }
}
