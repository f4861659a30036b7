import type { TraceSystem } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type {
  CoverResult,
  KernelConformance,
  SideResult,
  SourceName,
  SourceResult,
} from '../../model/conformance.js';
import { KernelLost } from '../checkers/ask-kernel.js';
import { KernelJudge } from '../checkers/kernel-judge.js';
import { KernelOracle } from '../checkers/kernel-oracle.js';
import { KernelRandom } from '../checkers/kernel-random.js';
import type { RandomOptions } from '../checkers/random.js';
import { releaseOf } from '../checkers/release.js';
import { COVER_BOUNDS, type CoverBounds } from './cover-bounds.js';
import { CoverRun } from './cover-run.js';
import { KernelPool, type OpenableKernel, type StartLimits } from './kernel-pool.js';
import { measureSides } from './measure-sides.js';
import { POINT_BOUNDS, type PointBounds } from './point-bounds.js';
import { runList } from './trace-list.js';
import { transitionCover } from './transition-cover.js';
import { UnobservedList } from './unobserved.js';

/** What a run has come to: told now and then. */
export interface ConformProgress {
  /** What is being done, in a few words. */
  readonly doing: string;
  readonly sequences: number;
  readonly operations: number;
}

/** A sequence of the corpus. */
export interface CorpusTrace {
  /** Its file's name. */
  readonly name: string;
  readonly trace: Trace;
}

export interface ConformOptions extends Pick<RandomOptions, 'seed' | 'runs' | 'length' | 'timeMs'> {
  readonly sources: readonly SourceName[];
  readonly corpus: readonly CorpusTrace[];
  /** Measure on which side of every variation point and known finding the kernel is, and hold it to those sides. */
  readonly matrix: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ConformProgress) => void;
  /** What the cover is drawn from; default: `COVER_BOUNDS`. */
  readonly coverBounds?: readonly CoverBounds[];
  /** Where sequences that tell sides apart are looked for; default: `POINT_BOUNDS`. */
  readonly pointBounds?: readonly PointBounds[];
}

/** With these nearly a third of the random sequences charge VmPin; with a gift of 12 pages one in twelve does. */
export const START: StartLimits = { gift: 5, rlimit: 6 };

/**
 * Compare a kernel with the specification of its release, or of the sides on which it was measured: the corpus, a transition cover and
 * random sequences. What disagrees is shrunk on the kernel, one of each cause.
 * @throws what opening the kernel throws
 */
export async function conform(kernel: OpenableKernel, options: ConformOptions): Promise<KernelConformance> {
  const pool = new KernelPool(kernel);
  try {
    return await new ConformRun(kernel.name, pool, await pool.at(START), options).run();
  } finally {
    await pool.close();
  }
}

class ConformRun {
  readonly #unobserved = new UnobservedList();
  readonly #results: SourceResult[] = [];
  #judge: KernelJudge;
  #cover: CoverResult | undefined;
  #sides: readonly SideResult[] | undefined;
  #unmapped = 0;
  /** Why the kernel cannot be asked any more, if so. */
  #lost: string | undefined;

  constructor(
    private readonly name: string,
    private readonly pool: KernelPool,
    private readonly kernel: TraceSystem,
    private readonly options: ConformOptions,
  ) {
    this.#judge = new KernelJudge(new KernelOracle(releaseOf(kernel)));
  }

  async run(): Promise<KernelConformance> {
    const { matrix, sources, seed } = this.options;
    if (matrix) await this.#unlessLost(() => this.#measure());
    if (sources.includes('corpus')) await this.#source('corpus', () => this.#runCorpus());
    if (sources.includes('cover')) await this.#source('cover', () => this.#runCover());
    if (sources.includes('random')) await this.#source('random', () => this.#runRandom());
    const verdict = await this.#judge.verdict({
      system: this.kernel.id,
      seed,
      kernelIn: (env) => this.pool.at(env),
      stop: this.#stop,
      onShrink: () => this.#tell('shrinking'),
      incomplete: this.#incompleteness(),
      lost: this.#lost,
      unmapped: this.#unmapped,
    });
    return {
      name: this.name,
      verdict,
      sources: this.#results,
      ...(this.#cover === undefined ? {} : { cover: this.#cover }),
      ...(this.kernel.upstream === undefined ? {} : { upstream: this.kernel.upstream }),
      unobserved: this.#unobserved.all(),
      ...(this.#sides === undefined ? {} : { sides: this.#sides }),
    };
  }

  readonly #stop = (): boolean => this.options.signal?.aborted === true;

  #tell(doing: string): void {
    const { sequences, operations } = this.#judge.tally;
    this.options.onProgress?.({ doing, sequences, operations });
  }

  #incompleteness(): string | undefined {
    const reasons = this.#results.flatMap(({ source, incomplete }) =>
      incomplete === undefined ? [] : [`${source}: ${incomplete}`],
    );
    return reasons.length === 0 ? undefined : reasons.join('; ');
  }

  /** A kernel that is lost ends its source, not what was found. */
  async #unlessLost(work: () => Promise<string | undefined>): Promise<string | undefined> {
    if (this.#lost !== undefined) return `the kernel was lost: ${this.#lost}`;
    if (this.#stop()) return 'interrupted before it began';
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof KernelLost)) throw error;
      this.#lost = error.message;
      return `the kernel was lost: ${error.message}`;
    }
  }

  async #source(source: SourceName, work: () => Promise<string | undefined>): Promise<void> {
    const before = this.#judge.tally.sequences;
    const disagreed = this.#judge.disagreed;
    const start = performance.now();
    const incomplete = await this.#unlessLost(work);
    this.#results.push({
      source,
      sequences: this.#judge.tally.sequences - before,
      disagreed: this.#judge.disagreed - disagreed,
      seconds: (performance.now() - start) / 1000,
      ...(incomplete === undefined ? {} : { incomplete }),
    });
  }

  async #measure(): Promise<undefined> {
    const { pointBounds = POINT_BOUNDS } = this.options;
    const { results, unexplained, flavour } = await measureSides(this.kernel, this.#judge.oracle.expected, {
      stop: this.#stop,
      onPoint: (id) => this.#tell(`measuring ${id}`),
      bounds: pointBounds,
    });
    this.#sides = results;
    this.#judge = new KernelJudge(new KernelOracle(releaseOf(this.kernel), flavour));
    // What neither side explains is a disagreement like any other.
    for (const { trace, recording } of unexplained) this.#judge.judge(trace, recording);
  }

  async #runCorpus(): Promise<string | undefined> {
    const { corpus } = this.options;
    if (corpus.length === 0) return 'there is no corpus';
    this.#tell('corpus');
    let answered = 0;
    await runList(this.pool, this.#judge, corpus, {
      stop: this.#stop,
      onAnswer: ({ trace, recording }) => {
        answered++;
        this.#unobserved.add(trace.ops, recording);
      },
    });
    return answered < corpus.length
      ? `interrupted after ${answered} of ${corpus.length} sequences`
      : undefined;
  }

  async #runCover(): Promise<string | undefined> {
    const { signal, coverBounds = COVER_BOUNDS } = this.options;
    // What only a PMU with AUX buffers can do is a part of the cover, and not observed where there is none.
    const features = await transitionCover(
      releaseOf(this.kernel),
      { ...this.kernel.env, aux: true },
      coverBounds,
      {
        signal,
        onBounds: (name) => this.#tell(`searching the bounds ${name} for a cover`),
      },
    );
    if (this.#stop()) return 'interrupted while the cover was searched';
    const run = new CoverRun(features.length);
    await runList(this.pool, this.#judge, features, {
      stop: this.#stop,
      onAnswer: (answered) => {
        this.#tell('transition cover');
        this.#unobserved.add(answered.trace.ops, answered.recording);
        run.add(answered);
      },
    });
    this.#cover = run.result();
    return run.answered < features.length
      ? `interrupted after ${run.answered} of ${features.length} sequences`
      : undefined;
  }

  async #runRandom(): Promise<string | undefined> {
    const random = new KernelRandom(this.kernel, this.#judge, {
      ...this.options,
      onProgress: () => this.#tell('random sequences'),
    });
    const incomplete = await random.search();
    this.#unmapped += random.unmapped;
    this.#lost = random.lost;
    return incomplete;
  }
}
