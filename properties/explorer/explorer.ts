import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { Slices } from '../checkers/slices.js';
import { INVARIANTS } from '../invariants/index.js';
import type { Batch, Place } from './batch.js';
import { OutcomeCounts } from './counts.js';
import { Crew, type StartThread, startThread } from './crew.js';
import { Differences } from './differences.js';
import { Expander } from './expander.js';
import type { NotFollowed, Progress } from './exploration.js';
import type { Limits, OnTransition, Question } from './question.js';
import { SOMETIMES } from './sometimes.js';
import { CANDIDATE_SHOWS, type StateStore } from './state-store.js';

/** States that are done between two looks at the clock. */
const BATCH = 16;
/** A level of fewer states is not worth waking other threads for. */
const FEW = 256;
/** Milliseconds after which threads stop for progress to be told and a checkpoint to be made. */
const ROUND_MS = 1_000;

type Count = { -readonly [K in keyof NotFollowed]: number };

/**
 * A breadth-first search of every sequence of the operations of some bounds: each state that can be reached is come to once,
 * by a shortest sequence, the least of them in the order of the operations; in each every operation is done and judged.
 * States are numbered as they are come to, whoever does the work: what is found does not depend on the number of threads.
 */
export class Explorer {
  readonly expander: Expander;
  readonly store: StateStore;
  readonly outcomes = new OutcomeCounts();
  readonly differences: Differences;
  readonly notFollowed: Count = { beyond: 0, bound: 0, open: 0, irregular: 0, parted: 0 };
  /** By side and number of the invariant: times that it had something to look at. */
  readonly applied: readonly Float64Array[];
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

  readonly #startThread: StartThread;

  constructor(
    readonly question: Question,
    start: StartThread = startThread,
  ) {
    this.#startThread = start;
    this.expander = new Expander(question);
    this.store = this.expander.store;
    this.differences = new Differences(this.expander.sides, this.expander.ops);
    this.applied = this.expander.sides.map(() => new Float64Array(INVARIANTS.length));
    this.#merge(this.expander.start(this.#wanted()));
  }

  /**
   * Search until it is closed, something is found or a limit is reached. May be called again with other limits.
   * @returns what ended it before, in one line
   */
  async run(limits: Limits): Promise<string | undefined> {
    const slices = new Slices();
    const { workers = 1 } = limits;
    let crew: Crew | undefined;
    const cut = (): string | undefined => this.#cut(limits, slices);
    const pause = async (): Promise<void> => {
      limits.onProgress?.(this.#progress());
      limits.onPause?.();
      await slices.pause();
    };
    try {
      while (this.found === undefined && this.head < this.store.count) {
        if (this.head === this.levelEnd) {
          this.depth++;
          this.levelEnd = this.store.count;
        }
        const why = cut();
        if (why !== undefined) return why;
        if (workers > 1 && this.levelEnd - this.head >= FEW) {
          crew ??= new Crew(this.question, workers, this.#startThread);
          const end = performance.now() + ROUND_MS;
          const stops = (): boolean => performance.now() >= end || cut() !== undefined;
          for (const batch of await crew.expand(this.head, this.levelEnd, this.store, this.#wanted(), stops))
            if (this.found === undefined) this.#merge(batch);
          await pause();
        } else {
          const to = Math.min(this.levelEnd, this.head + BATCH);
          this.#merge(this.expander.expand(this.head, to, this.#wanted()));
          if (slices.isDue()) await pause();
        }
      }
      return undefined;
    } finally {
      this.spentMs += slices.elapsed();
      await crew?.close();
    }
  }

  /** Tell every transition of the states that were done, in the order of the search. */
  async retrace(note: OnTransition, signal?: AbortSignal): Promise<void> {
    const slices = new Slices();
    for (let state = 0; state < this.head && signal?.aborted !== true; state++) {
      this.expander.expand(state, state + 1, 0, note);
      if (slices.isDue()) await slices.pause();
    }
  }

  /** The sequence that leads to a state, and one more operation if it is given. */
  traceTo(state: number, operation?: number): Trace {
    const { env, ops: all } = this.expander;
    const path = operation === undefined ? [] : [operation];
    for (let s = state; this.store.parent(s) >= 0; s = this.store.parent(s))
      path.push(this.store.operation(s));
    const ops = new Int32Array(path.length * OP_WIDTH);
    path.reverse().forEach((each, i) => {
      ops.set(all.subarray(each * OP_WIDTH, (each + 1) * OP_WIDTH), i * OP_WIDTH);
    });
    return { env, ops };
  }

  /** Why the search must end now, if it must. */
  #cut(limits: Limits, slices: Slices): string | undefined {
    const { bytes } = this.store;
    if (this.depth >= limits.depth) return `the depth of ${limits.depth} operations was reached`;
    if (limits.signal?.aborted === true) return 'interrupted';
    if (slices.elapsed() >= limits.timeMs) return `the time of ${limits.timeMs / 1000} s was over`;
    if (bytes >= limits.bytes) return `the set of states has ${Math.round(bytes / 1e6)} MB`;
    return undefined;
  }

  /** Bits of the `SOMETIMES` that no state has shown. */
  #wanted(): number {
    return this.witnesses.reduce((bits, state, i) => (state < 0 ? bits | (1 << i) : bits), 0);
  }

  #progress(): Progress {
    const { store, head, depth, transitions } = this;
    return { depth, states: store.count, left: store.count - head, transitions, bytes: store.bytes };
  }

  /** Take over what was done in the next states. */
  #merge(batch: Batch): void {
    this.head = batch.to;
    this.transitions += batch.transitions;
    this.skipped += batch.skipped;
    this.found = batch.found;
    this.outcomes.merge(batch.outcomes);
    this.differences.merge(batch.differences);
    for (const reason of Object.keys(this.notFollowed) as (keyof Count)[])
      this.notFollowed[reason] += batch.notFollowed[reason];
    batch.applied.forEach((counts, side) => {
      counts.forEach((times, i) => {
        this.applied[side][i] += times;
      });
    });
    this.#insert(batch.candidates);
  }

  #insert(candidates: Int32Array): void {
    for (let at = 0; at < candidates.length; ) {
      const shows = candidates[at + CANDIDATE_SHOWS];
      at = this.store.insert(candidates, at);
      // One that is there already shows nothing that was not shown before it.
      this.witnesses.forEach((state, i) => {
        if (state < 0 && (shows & (1 << i)) !== 0) this.witnesses[i] = this.store.count - 1;
      });
    }
  }
}
