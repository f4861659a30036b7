import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { SKIP } from '../../model/alphabet/observations.js';
import { OP } from '../../model/alphabet/operations.js';
import type { Env } from '../../model/alphabet/system.js';
import { failureClass } from '../../shrinkers/same-failure.js';
import { CUT, FAILED } from '../checkers/lockstep.js';
import { alphabetOf, environmentOf } from './alphabet.js';
import type { Batch, Place } from './batch.js';
import { Candidates } from './candidates.js';
import { OutcomeCounts } from './counts.js';
import { Differences } from './differences.js';
import type { NotFollowed } from './exploration.js';
import type { Scope } from './form.js';
import type { OnTransition, Question } from './question.js';
import { Side } from './side.js';
import { reachOf } from './slots.js';
import { SOMETIMES } from './sometimes.js';
import { StateStore } from './state-store.js';
import { IRREGULAR, NEW, States } from './states.js';
import { Symmetry } from './symmetry.js';

type Count = { -readonly [K in keyof NotFollowed]: number };
const NONE: NotFollowed = { beyond: 0, bound: 0, open: 0, irregular: 0, parted: 0 };

/**
 * Does every operation of some bounds in states of a store, judges it, and gathers what it comes to. It leaves the store as it is:
 * any number of these can work on one store at the same time.
 */
export class Expander {
  readonly env: Env;
  readonly ops: Int32Array;
  readonly sides: readonly Side[];
  readonly store: StateStore;
  readonly states: States;
  readonly scope: Scope;
  /** Renamings under which states are one. */
  readonly renamings: number;
  readonly #outcomes = new OutcomeCounts();
  readonly #differences: Differences;
  readonly #candidates = new Candidates();
  readonly #asksSpec: boolean;
  readonly #failure: string | undefined;
  readonly #events: number;
  #notFollowed: Count = { ...NONE };
  #transitions = 0;
  #skipped = 0;
  #found: Place | undefined;
  /** By number in `SOMETIMES`: a bit for those that are still looked for. */
  #wanted = 0;

  constructor({ design, against, bounds, symmetry, only, failure }: Question) {
    this.env = environmentOf(bounds);
    this.ops = alphabetOf(bounds);
    this.scope = {
      processes: bounds.processes,
      pages: reachOf(this.ops),
      records: bounds.records === 'counted',
    };
    const designs = against === undefined ? [design] : [design, against];
    this.sides = designs.map((each) => new Side(each, this.env, this.scope, only));
    const renamings = new Symmetry(this.ops, bounds.processes, symmetry);
    this.renamings = renamings.size;
    this.store = new StateStore(2 * designs.length, renamings.size);
    this.states = new States(this.sides, renamings, this.scope, this.store);
    this.#differences = new Differences(this.sides, this.ops);
    this.#events = bounds.events ?? Number.POSITIVE_INFINITY;
    this.#asksSpec = only?.includes('spec') ?? true;
    this.#failure = failure;
  }

  /** The state that every sequence starts from, as a batch. To be called first. */
  start(wanted: number): Batch {
    this.#wanted = wanted;
    this.#come(-1, 0);
    return this.#take(0, 0);
  }

  /**
   * Do every operation in the states `from` to `to - 1`, in order, up to one that breaks a rule.
   * @param wanted bits of the `SOMETIMES` that no state has shown yet
   * @param note told of every transition; of those to states that are not in the store it gets no number
   */
  expand(from: number, to: number, wanted: number, note?: OnTransition): Batch {
    this.#wanted = wanted;
    let state = from;
    while (state < to && this.#found === undefined) this.#expand(state++, note);
    return this.#take(from, state);
  }

  #take(from: number, to: number): Batch {
    const found = this.#found;
    const batch: Batch = {
      from,
      to,
      candidates: this.#candidates.take(),
      transitions: this.#transitions,
      skipped: this.#skipped,
      notFollowed: this.#notFollowed,
      outcomes: this.#outcomes.save(),
      differences: this.#differences.save(),
      applied: this.sides.map(({ checker }) => checker.applied.slice()),
      ...(found === undefined ? {} : { found }),
    };
    this.#transitions = 0;
    this.#skipped = 0;
    this.#notFollowed = { ...NONE };
    this.#outcomes.load([]);
    this.#differences.load([]);
    for (const { checker } of this.sides) checker.applied.fill(0);
    this.#found = undefined;
    return batch;
  }

  /** Do every operation in this state. */
  #expand(state: number, note?: OnTransition): void {
    this.states.enter(state);
    for (const side of this.sides) side.remember();
    const { ops } = this;
    const full = this.#isFull();
    for (let at = 0, operation = 0; at < ops.length; at += OP_WIDTH, operation++) {
      if (full && ops[at] === OP.open) {
        this.#notFollowed.beyond++;
        continue;
      }
      const follows = this.#step(at, state, operation);
      if (this.#found !== undefined) break;
      const unchanged = follows && this.#isUnchanged();
      const next = unchanged ? state : follows ? this.#come(state, operation) : IRREGULAR;
      note?.(state, operation, this.sides[0].lockstep.obs[0], next);
      if (unchanged) continue;
      for (const side of this.sides) side.restore();
    }
  }

  #isUnchanged(): boolean {
    for (const side of this.sides) if (!side.isUnchanged()) return false;
    return true;
  }

  /** As many events live as the bounds allow. */
  #isFull(): boolean {
    const { used } = this.sides[0].world.event;
    let live = 0;
    for (let e = 0; e < used.length; e++) live += used[e];
    return live >= this.#events;
  }

  /** Do one operation on every side. @returns whether the search goes on from there */
  #step(at: number, state: number, operation: number): boolean {
    const { ops, sides } = this;
    this.#transitions++;
    let follows = true;
    for (const side of sides) {
      const went = side.step(ops, at);
      if (went === FAILED) {
        follows = false;
        if (this.#counts(side, at)) {
          this.#found = { state, operation };
          return false;
        }
        this.#notFollowed.open++;
      } else if (went === CUT) {
        follows = false;
        this.#notFollowed[side.isFull ? 'bound' : 'open']++;
      }
    }
    const status = sides[0].lockstep.obs[0];
    this.#outcomes.add(ops[at], status);
    if (status === SKIP) this.#skipped++;
    if (!follows || sides.length === 1) return follows;
    if (!this.#differences.compare(state, operation)) return true;
    this.#notFollowed.parted++;
    return false;
  }

  /** Whether a failure is one that was asked for. What the specification rejects it cannot follow. */
  #counts(side: Side, at: number): boolean {
    const failure = side.lockstep.failure(this.ops, at);
    if (!this.#asksSpec && failure.kind === 'spec') return false;
    return this.#failure === undefined || failureClass(this.ops[at], failure) === this.#failure;
  }

  /** Come to the state that the sides are in. @returns as `States.come` */
  #come(parent: number, operation: number): number {
    const { states } = this;
    const state = states.come();
    if (state === IRREGULAR) this.#notFollowed.irregular++;
    if (state === NEW && this.#candidates.isNew(states.candidate, states.length))
      this.#candidates.add(parent, operation, states.renaming, this.#shown());
    return state;
  }

  /** Which of the `SOMETIMES` that are looked for this state shows. */
  #shown(): number {
    let shown = 0;
    for (let i = 0; i < SOMETIMES.length; i++)
      if ((this.#wanted & (1 << i)) !== 0 && SOMETIMES[i].holds(this.sides[0].world)) shown |= 1 << i;
    this.#wanted &= ~shown;
    return shown;
  }
}
