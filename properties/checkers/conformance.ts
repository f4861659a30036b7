import type * as fc from 'fast-check';
import type { Recording, TraceSystem } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type { Finding } from '../../model/spec/findings.js';
import { KNOWN_FINDINGS } from '../../model/spec/index.js';
import type { Counterexample, SeenFinding, Verdict } from '../../model/verdict.js';
import { type SequenceSeed, sequenceSeed } from '../arbitraries/sequence-seed.js';
import { askKernel, type KernelLost } from './ask-kernel.js';
import { Disagreements } from './disagreements.js';
import { type KernelFind, shrinkOnKernel } from './kernel-counterexample.js';
import { KernelOracle } from './kernel-oracle.js';
import { KernelSequences } from './kernel-sequences.js';
import type { RandomOptions } from './random.js';
import { releaseOf } from './release.js';
import { incompleteness, search } from './searching.js';
import { Tally } from './tally.js';

export interface KernelOptions extends RandomOptions {
  /** As `uname -r` gives it; what follows `linux-` in the kernel's id unless given. */
  readonly release?: string;
}

/** Sequences in one round trip. */
const BATCH = 32;
/** Sequences that the kernel may run to shrink one disagreement: a few seconds. */
const MAX_SHRINK_RUNS = 4_000;
/** The same for a known finding: it is written up already. */
const MAX_FINDING_RUNS = 800;
/** Disagreements of different kinds after which the search ends. */
const MOST_KINDS = 6;

/**
 * Check a real kernel: random sequences in batches, each answer held against the specification of that kernel's release. It goes on
 * after a disagreement, to tell how many kinds there are and how often each shows.
 */
export async function checkKernel(kernel: TraceSystem, options: KernelOptions): Promise<Verdict> {
  const run = new KernelRun(kernel, options);
  return run.verdict(await run.search());
}

class KernelRun {
  readonly #kernel: TraceSystem;
  readonly #options: KernelOptions;
  readonly #oracle: KernelOracle;
  readonly #sequences: KernelSequences;
  readonly #tally = new Tally();
  readonly #disagreements = new Disagreements();
  readonly #findings = new Disagreements();
  /** Traces that the kernel is at, while the next ones are drawn. */
  #pending: { readonly traces: readonly Trace[]; readonly answers: Promise<Recording[]> } | undefined;
  #sent = 0;
  /** Why the kernel cannot be asked any more, if so. */
  #lost: string | undefined;

  constructor(kernel: TraceSystem, options: KernelOptions) {
    this.#kernel = kernel;
    this.#options = options;
    this.#oracle = new KernelOracle(options.release ?? releaseOf(kernel));
    this.#sequences = new KernelSequences(this.#oracle.predictor(), kernel.env, options.length);
  }

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
    const { sequences } = this.#tally;
    if (this.#lost !== undefined) return `after ${sequences} sequences the kernel was lost: ${this.#lost}`;
    return incompleteness(ending, sequences, runs, timeMs);
  }

  /** Draw and send a batch, then judge the one before: the kernel and the judge work at the same time. */
  async #batch(seeds: readonly SequenceSeed[]): Promise<boolean> {
    const traces = seeds.slice(0, this.#options.runs - this.#sent).map((seed) => this.#sequences.draw(seed));
    this.#sent += traces.length;
    const answers = askKernel(this.#kernel, traces).catch((error: KernelLost) => {
      this.#lost = error.message;
      return [];
    });
    await this.#settle();
    this.#pending = { traces, answers };
    return this.#lost !== undefined || this.#disagreements.kinds >= MOST_KINDS;
  }

  async #settle(): Promise<void> {
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    const recordings = await pending.answers;
    recordings.forEach((recording, i) => {
      this.#judge(pending.traces[i], recording);
    });
  }

  #judge(trace: Trace, recording: Recording): void {
    this.#tally.recording(trace.ops, recording);
    const { failure, cut, consulted } = this.#oracle.judge(trace, recording);
    if (cut) this.#tally.cut();
    if (failure !== undefined) {
      const explained = this.#oracle.explained(failure, trace, recording, consulted);
      this.#disagreements.add({ trace, failure: explained, recording });
      return;
    }
    for (const witness of this.#oracle.witnesses(trace, recording)) {
      const { finding, failure: shown } = witness;
      this.#findings.addAs(finding.id, { trace, failure: shown, recording });
    }
  }

  #report(): void {
    const { sequences, operations } = this.#tally;
    this.#options.onProgress?.({ sequences, operations });
  }

  async verdict(incomplete: string | undefined): Promise<Verdict> {
    const counterexamples: Counterexample[] = [];
    for (const { find } of this.#disagreements.all()) {
      const shrunk = await this.#shrunk(find);
      // What looked like two kinds may turn out to be one.
      if (!counterexamples.some(({ token }) => token === shrunk.token)) counterexamples.push(shrunk);
    }
    const findings: SeenFinding[] = [];
    for (const { key, find, count } of this.#findings.all()) {
      for (const finding of KNOWN_FINDINGS) {
        if (finding.id === key) findings.push(await this.#seen(finding, find, count));
      }
    }
    const [counterexample, ...further] = counterexamples;
    const counts = this.#tally.counts(this.#sequences.unmapped);
    const verdict = { system: this.#kernel.id, seed: this.#options.seed, counts, invariants: {} };
    if (counts.sequences === 0 && this.#lost !== undefined) {
      return { ...verdict, outcome: 'not-run', reason: this.#lost };
    }
    return {
      ...verdict,
      outcome: counterexample === undefined ? 'passed' : 'failed',
      ...(counterexample === undefined ? {} : { counterexample }),
      ...(further.length === 0 ? {} : { further }),
      ...(findings.length === 0 ? {} : { findings }),
      ...(incomplete === undefined ? {} : { incomplete }),
    };
  }

  readonly #aborted = (): boolean => this.#options.signal?.aborted === true;

  #shrunk(find: KernelFind): Promise<Counterexample> {
    const accuse = (trace: Trace, recording: Recording) => {
      const { failure, consulted } = this.#oracle.judge(trace, recording);
      return failure && this.#oracle.explained(failure, trace, recording, consulted);
    };
    return shrinkOnKernel(this.#kernel, find, accuse, MAX_SHRINK_RUNS, this.#aborted);
  }

  async #seen(finding: Finding, find: KernelFind, sequences: number): Promise<SeenFinding> {
    const accuse = (trace: Trace, recording: Recording) => this.#oracle.shows(finding, trace, recording);
    const counterexample = await shrinkOnKernel(this.#kernel, find, accuse, MAX_FINDING_RUNS, this.#aborted);
    return { id: finding.id, text: finding.sides[1], sequences, counterexample };
  }
}
