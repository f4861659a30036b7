import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { SKIP } from '../../model/alphabet/observations.js';
import { OP } from '../../model/alphabet/operations.js';
import type { Env } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { CUT, FAILED } from '../checkers/lockstep.js';
import { Slices } from '../checkers/slices.js';
import { alphabetOf, environmentOf } from './alphabet.js';
import { OutcomeCounts } from './counts.js';
import { Differences } from './differences.js';
import type { NotFollowed, Progress } from './exploration.js';
import type { Scope } from './form.js';
import type { Limits, Question } from './question.js';
import { Side } from './side.js';
import { reachOf } from './slots.js';
import { SOMETIMES } from './sometimes.js';
import { IRREGULAR, States } from './states.js';
import { NO_RENAMING, renamingsOf } from './symmetry.js';

/** A state and an operation in it. */
export interface Place {
  readonly state: number;
  readonly operation: number;
}

type Count = { -readonly [K in keyof NotFollowed]: number };

/**
 * A breadth-first search of every sequence of the operations of some bounds: each state that can be reached is come to once,
 * by a shortest sequence, the least of them in the order of the operations; in each every operation is done and judged.
 */
export class Explorer {
  readonly env: Env;
  readonly ops: Int32Array;
  readonly sides: readonly Side[];
  readonly states: States;
  readonly renamings: number;
  readonly outcomes = new OutcomeCounts();
  readonly differences: Differences;
  readonly notFollowed: Count = { beyond: 0, bound: 0, open: 0, irregular: 0, parted: 0 };
  /** By number in `SOMETIMES`: a state that shows it, or -1. */
  readonly witnesses: number[] = SOMETIMES.map(() => -1);
  transitions = 0;
  skipped = 0;
  depth = 0;
  /** The first state in which not every operation was done yet. */
  head = 0;
  /** The first state that is one operation farther than `head`. */
  levelEnd = 1;
  /** Where a rule is broken. */
  found: Place | undefined;
  /** Time that went before this run, in milliseconds. */
  spentMs = 0;
  readonly #asksSpec: boolean;
  readonly #events: number;

  constructor(readonly question: Question) {
    const { design, against, bounds, symmetry, only } = question;
    this.env = environmentOf(bounds);
    this.ops = alphabetOf(bounds);
    const scope: Scope = {
      processes: bounds.processes,
      pages: reachOf(this.ops),
      records: bounds.records === 'counted',
    };
    const designs = against === undefined ? [design] : [design, against];
    this.sides = designs.map((each) => new Side(each, this.env, scope, only));
    const renamings = symmetry ? renamingsOf(this.ops, bounds.processes) : [NO_RENAMING];
    this.renamings = renamings.length;
    this.states = new States(this.sides, renamings, scope);
    this.differences = new Differences(this.sides, this.ops);
    this.#events = bounds.events ?? Number.POSITIVE_INFINITY;
    this.#asksSpec = only?.includes('spec') ?? true;
    this.#come(-1, 0);
  }

  /**
   * Search until it is closed, something is found or a limit is reached. May be called again with other limits.
   * @returns what ended it before, in one line
   */
  async run(limits: Limits): Promise<string | undefined> {
    const slices = new Slices();
    const { states } = this;
    let cut: string | undefined;
    while (this.found === undefined && this.head < states.count) {
      if (this.head === this.levelEnd) {
        this.depth++;
        this.levelEnd = states.count;
      }
      if (this.depth >= limits.depth) cut = `the depth of ${limits.depth} operations was reached`;
      else if (limits.signal?.aborted === true) cut = 'interrupted';
      else if (slices.elapsed() >= limits.timeMs) cut = `the time of ${limits.timeMs / 1000} s was over`;
      else if (states.bytes >= limits.bytes)
        cut = `the set of states has ${Math.round(states.bytes / 1e6)} MB`;
      if (cut !== undefined) break;
      this.#expand(this.head++);
      if (slices.isDue()) {
        limits.onProgress?.(this.#progress());
        await slices.pause();
      }
    }
    this.spentMs += slices.elapsed();
    return cut;
  }

  /** The sequence that leads to a state, and one more operation if it is given. */
  traceTo(state: number, operation?: number): Trace {
    const path = operation === undefined ? [] : [operation];
    for (let s = state; this.states.parent(s) >= 0; s = this.states.parent(s))
      path.push(this.states.operation(s));
    const ops = new Int32Array(path.length * OP_WIDTH);
    path.reverse().forEach((each, i) => {
      ops.set(this.ops.subarray(each * OP_WIDTH, (each + 1) * OP_WIDTH), i * OP_WIDTH);
    });
    return { env: this.env, ops };
  }

  #progress(): Progress {
    const { states, head, depth, transitions } = this;
    return { depth, states: states.count, left: states.count - head, transitions, bytes: states.bytes };
  }

  /** Do every operation in this state. */
  #expand(state: number): void {
    this.states.enter(state);
    for (const side of this.sides) side.remember();
    const { ops } = this;
    const full = this.#isFull();
    for (let at = 0, operation = 0; at < ops.length; at += OP_WIDTH, operation++) {
      if (full && ops[at] === OP.open) {
        this.notFollowed.beyond++;
        continue;
      }
      if (this.#step(at, state, operation)) {
        let unchanged = true;
        for (const side of this.sides) if (!side.isUnchanged()) unchanged = false;
        if (unchanged) continue;
        this.#come(state, operation);
      }
      if (this.found !== undefined) return;
      for (const side of this.sides) side.restore();
    }
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
    this.transitions++;
    let follows = true;
    for (const side of sides) {
      const went = side.step(ops, at);
      if (went === FAILED) {
        follows = false;
        if (this.#counts(side, at)) {
          this.found = { state, operation };
          return false;
        }
        this.notFollowed.open++;
      } else if (went === CUT) {
        follows = false;
        this.notFollowed[side.isFull ? 'bound' : 'open']++;
      }
    }
    const status = sides[0].lockstep.obs[0];
    this.outcomes.add(ops[at], status);
    if (status === SKIP) this.skipped++;
    if (!follows || sides.length === 1) return follows;
    if (!this.differences.compare(state, operation)) return true;
    this.notFollowed.parted++;
    return false;
  }

  /** Whether a failure is one that was asked for. What the specification rejects it cannot follow. */
  #counts(side: Side, at: number): boolean {
    return this.#asksSpec || side.lockstep.failure(this.ops, at).kind !== 'spec';
  }

  /** Come to the state that the sides are in. */
  #come(parent: number, operation: number): void {
    const state = this.states.insert(parent, operation);
    if (state === IRREGULAR) {
      this.notFollowed.irregular++;
      return;
    }
    if (!this.states.added) return;
    for (let i = 0; i < SOMETIMES.length; i++)
      if (this.witnesses[i] < 0 && SOMETIMES[i].holds(this.sides[0].world)) this.witnesses[i] = state;
  }
}
