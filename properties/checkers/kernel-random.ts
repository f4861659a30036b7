import type * as fc from 'fast-check';
import type { Recording, TraceSystem } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { type SequenceSeed, sequenceSeed } from '../arbitraries/sequence-seed.js';
import { askKernel, type KernelLost } from './ask-kernel.js';
import type { KernelJudge } from './kernel-judge.js';
import { KernelSequences } from './kernel-sequences.js';
import type { RandomOptions } from './random.js';
import { incompleteness, search } from './searching.js';

/** Sequences in one round trip. */
const BATCH = 32;
/** Disagreements of different kinds after which the search ends. */
const MOST_KINDS = 6;

/** Random sequences on a kernel, in batches. The kernel and the judge work at the same time. */
export class KernelRandom {
  readonly #kernel: TraceSystem;
  readonly #judge: KernelJudge;
  readonly #options: RandomOptions;
  readonly #sequences: KernelSequences;
  /** Traces that the kernel is at, while the next ones are drawn. */
  #pending: { readonly traces: readonly Trace[]; readonly answers: Promise<Recording[]> } | undefined;
  #sent = 0;
  /** Sequences that were answered. */
  answered = 0;
  /** Why the kernel cannot be asked any more, if so. */
  lost: string | undefined;

  constructor(kernel: TraceSystem, judge: KernelJudge, options: RandomOptions) {
    this.#kernel = kernel;
    this.#judge = judge;
    this.#options = options;
    this.#sequences = new KernelSequences(judge.oracle.predictor(), kernel.env, options.length);
  }

  /** Drawn operations that named pages of which none was mapped. */
  get unmapped(): number {
    return this.#sequences.unmapped;
  }

  /** @returns why less was done than was asked for, if so, in one line */
  async search(): Promise<string | undefined> {
    const { runs, timeMs } = this.#options;
    const ending = await search(
      {
        draw: (random: fc.Random) => Array.from({ length: BATCH }, () => sequenceSeed(random)),
        run: (seeds: readonly SequenceSeed[]) => this.#batch(seeds),
        onSlice: () => this.#report(),
      },
      Math.ceil(runs / BATCH),
      this.#options,
    );
    await this.#settle();
    this.#report();
    if (this.lost !== undefined) return `after ${this.answered} sequences the kernel was lost: ${this.lost}`;
    return incompleteness(ending, this.answered, runs, timeMs);
  }

  /** Draw and send a batch, then judge the one before. */
  async #batch(seeds: readonly SequenceSeed[]): Promise<boolean> {
    const traces = seeds.slice(0, this.#options.runs - this.#sent).map((seed) => this.#sequences.draw(seed));
    this.#sent += traces.length;
    const answers = askKernel(this.#kernel, traces).catch((error: KernelLost) => {
      this.lost = error.message;
      return [];
    });
    await this.#settle();
    this.#pending = { traces, answers };
    return this.lost !== undefined || this.#judge.kinds >= MOST_KINDS;
  }

  async #settle(): Promise<void> {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    const recordings = await pending.answers;
    recordings.forEach((recording, i) => {
      this.answered++;
      this.#judge.judge(pending.traces[i], recording);
    });
  }

  #report(): void {
    const { sequences, operations } = this.#judge.tally;
    this.#options.onProgress?.({ sequences, operations });
  }
}
