import type { Trace } from '../model/alphabet/trace.js';
import type { Failure } from '../model/verdict.js';
import { candidatesOf, traceKey } from './candidates.js';
import { firstSteps, type Pass } from './edit.js';
import { type Failing, sameFailure } from './same-failure.js';

export interface SearchOptions {
  readonly passes: readonly Pass[];
  /** Candidates that are asked about at once. */
  readonly batch: number;
  /** Executions after which the best so far is taken. */
  readonly maxRuns: number;
}

/** What the search has come to. */
export interface Shrunk extends Failing {
  /** Executions that it took. */
  readonly runs: number;
  /** No candidate fails in the same way any more; false when the executions ran out first. */
  readonly minimal: boolean;
}

/** Answers to one batch of candidates, in order: how each fails, if it does. */
export type Answers = readonly (Failure | undefined)[];

/** A candidate, and which one of its pass it is. */
interface Placed {
  readonly trace: Trace;
  readonly position: number;
}

/** Keys of traces that are known not to show the failure; forgotten when there are this many. */
const MOST_REMEMBERED = 200_000;

/** Nothing that follows the failing operation can matter. */
const cutOff = ({ trace, failure }: Failing): Failing => ({
  trace: firstSteps(trace, failure.step + 1),
  failure,
});

/**
 * The search for the simplest trace with the same failure, as a coroutine that yields batches of candidates and is told how they
 * fail: the same search serves a model, which answers at once, and a kernel, for which a batch is one round trip.
 *
 * It takes the first candidate that fails alike and goes on from it, until a full round of all passes finds none. So
 * shrinking what was shrunk changes nothing.
 */
export class Search {
  #best: Failing;
  readonly #wanted: Failing;
  readonly #options: SearchOptions;
  readonly #passed = new Set<string>();
  #runs = 0;

  constructor(start: Failing, options: SearchOptions) {
    this.#best = cutOff(start);
    this.#wanted = start;
    this.#options = options;
  }

  *run(): Generator<readonly Trace[], Shrunk, Answers> {
    const { passes } = this.#options;
    let idle = 0;
    for (let i = 0; idle < passes.length; i = (i + 1) % passes.length) {
      idle = (yield* this.#exhaust(passes[i])) ? 0 : idle + 1;
    }
    return this.result();
  }

  /** The best so far: for when a search is given up. */
  result(): Shrunk {
    return { ...this.#best, runs: this.#runs, minimal: !this.#exhausted() };
  }

  #exhausted(): boolean {
    return this.#room() <= 0;
  }

  /** Candidates that the next batch can have. */
  #room(): number {
    return Math.min(this.#options.batch, this.#options.maxRuns - this.#runs);
  }

  /**
   * One pass until it finds nothing. After a find it goes on at the same position, since what came before was just tried;
   * at its end it starts again, for what the finds have made possible.
   */
  *#exhaust(pass: Pass): Generator<readonly Trace[], boolean, Answers> {
    let progress = false;
    let position = 0;
    while (!this.#exhausted()) {
      const found = yield* this.#firstFrom(pass, position);
      if (found !== undefined) {
        progress = true;
        position = found;
      } else if (position === 0) {
        return progress;
      } else {
        position = 0;
      }
    }
    return progress;
  }

  /** Position of the first candidate, from this position on, that fails alike and is now the best, if there is one. */
  *#firstFrom(pass: Pass, from: number): Generator<readonly Trace[], number | undefined, Answers> {
    for (const batch of this.#batches(pass, from)) {
      const found = this.#judge(batch, yield batch.map(({ trace }) => trace));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Candidates from this position on, but for the known ones, as many at a time as may be run. */
  *#batches(pass: Pass, from: number): Iterable<readonly Placed[]> {
    let batch: Placed[] = [];
    let next = 0;
    for (const trace of candidatesOf(pass, this.#best.trace)) {
      const position = next++;
      if (position < from || this.#isKnown(trace)) continue;
      batch.push({ trace, position });
      if (batch.length < this.#room()) continue;
      yield batch;
      if (this.#exhausted()) return;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  /** Adds the candidate to the known ones: it will be judged, and if it is taken it will never be its own candidate. */
  #isKnown(candidate: Trace): boolean {
    const key = traceKey(candidate);
    if (this.#passed.has(key)) return true;
    if (this.#passed.size >= MOST_REMEMBERED) this.#passed.clear();
    this.#passed.add(key);
    return false;
  }

  /** Position of the first of these that fails alike, which is now the best, if there is one. */
  #judge(batch: readonly Placed[], answers: Answers): number | undefined {
    this.#runs += batch.length;
    for (const [i, { trace, position }] of batch.entries()) {
      const failure = answers[i];
      if (failure === undefined) continue;
      const failing = { trace, failure };
      if (!sameFailure(failing, this.#wanted)) continue;
      this.#best = cutOff(failing);
      // Later ones of the batch were not taken, but may be candidates again.
      for (const later of batch.slice(i + 1)) this.#passed.delete(traceKey(later.trace));
      return position;
    }
    return undefined;
  }
}
