import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OP_NAMES } from '../../model/alphabet/operations.js';
import type { Env, Recording, TraceSystem } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type { Finding } from '../../model/spec/findings.js';
import { KNOWN_FINDINGS } from '../../model/spec/index.js';
import type { Counterexample, Failure, SeenFinding, Verdict } from '../../model/verdict.js';
import { Disagreements } from './disagreements.js';
import { type Accuse, type KernelFind, shrinkOnKernel } from './kernel-counterexample.js';
import type { KernelOracle } from './kernel-oracle.js';
import { shrinkUnderstood } from './shrink-understood.js';
import { Tally } from './tally.js';

/** Sequences that the kernel may run to shrink one disagreement: a few seconds. */
const MAX_SHRINK_RUNS = 4_000;
/** Of these, to shorten what the specification, doing what the kernel does, was shrunk to. */
const MAX_LAST_RUNS = 400;
/** The same for a known finding, where the specification is wrong about the kernel: it is written up already. */
const MAX_FINDING_RUNS = 800;
/** Disagreements that are shrunk, those seen most often first; what a kernel shows beyond is kept as it was found. */
const MOST_SHRUNK = 12;

/** How a verdict on a kernel is to be made. */
export interface VerdictOptions {
  readonly system: string;
  readonly seed: number;
  /** The kernel, such that sequences start from this environment. */
  readonly kernelIn: (env: Env) => Promise<TraceSystem>;
  /** Asked before each round trip: true takes what is there. */
  readonly stop: () => boolean;
  /** Called before each disagreement or finding is shrunk. */
  readonly onShrink?: (what: string) => void;
  /** Why less was done than was asked for. */
  readonly incomplete?: string | undefined;
  /** Why the kernel cannot be asked any more, if so. */
  readonly lost?: string | undefined;
  /** Drawn operations that named pages of which none was mapped. */
  readonly unmapped?: number;
}

/** What disagreements of one cause have in common: the same explanation, or the same rule broken by the same kind of operation. */
function causeOf({ trace, failure }: Counterexample): string {
  const { explainedBy, explainedTogether } = failure;
  if (explainedBy !== undefined) return `${explainedBy.join()} ${explainedTogether}`;
  const kind = OP_NAMES[trace.ops[failure.step * OP_WIDTH]];
  return `${failure.kind} ${failure.rule} ${kind} ${failure.text}`;
}

/** May two disagreements have the same cause, by what explains them? */
function sameExplanation(a: Failure, b: Failure): boolean {
  if (a.explainedTogether !== b.explainedTogether) return false;
  const [one = [], other = []] = [a.explainedBy, b.explainedBy];
  if (one.length === 0 && other.length === 0) return true;
  return a.explainedTogether === true ? one.join() === other.join() : one.some((id) => other.includes(id));
}

/**
 * Judges what a kernel answered, from whatever source the sequences come, and makes one verdict of it: disagreements in groups of one
 * cause, each shrunk on the kernel.
 */
export class KernelJudge {
  readonly oracle: KernelOracle;
  readonly tally = new Tally();
  readonly #disagreements = new Disagreements();
  readonly #findings = new Disagreements();

  /** Sequences so far that disagreed, known findings aside. */
  disagreed = 0;

  constructor(oracle: KernelOracle) {
    this.oracle = oracle;
  }

  /** Kinds of disagreement so far, before they are shrunk. */
  get kinds(): number {
    return this.#disagreements.kinds;
  }

  /**
   * Judge the recording of a sequence.
   * @returns how it disagrees with the specification, known findings aside, if it does
   */
  judge(trace: Trace, recording: Recording): Failure | undefined {
    this.tally.recording(trace.ops, recording);
    const { failure, cut, consulted } = this.oracle.judge(trace, recording);
    if (cut) this.tally.cut();
    if (failure !== undefined) {
      this.disagreed++;
      const explained = this.oracle.explained(failure, trace, recording, consulted);
      this.#disagreements.add({ trace, failure: explained, recording });
      return explained;
    }
    for (const { finding, failure: shown } of this.oracle.witnesses(trace, recording)) {
      this.#findings.addAs(finding.id, { trace, failure: shown, recording });
    }
    return undefined;
  }

  /** Shrink what was found, and say what it comes to. */
  async verdict(options: VerdictOptions): Promise<Verdict> {
    const { system, seed, incomplete, lost, unmapped } = options;
    const [counterexample, ...further] = await this.#counterexamples(options);
    const findings = await this.#seenFindings(options);
    const counts = this.tally.counts(unmapped);
    const verdict = { system, seed, counts, invariants: {} };
    if (counts.sequences === 0 && lost !== undefined) return { ...verdict, outcome: 'not-run', reason: lost };
    const missed = counterexample === undefined && lost !== undefined;
    return {
      ...verdict,
      outcome: missed ? 'not-run' : counterexample === undefined ? 'passed' : 'failed',
      ...(missed ? { reason: `not all that was asked for: ${lost}` } : {}),
      ...(counterexample === undefined ? {} : { counterexample }),
      ...(further.length === 0 ? {} : { further }),
      ...(findings.length === 0 ? {} : { findings }),
      ...(incomplete === undefined ? {} : { incomplete }),
    };
  }

  /** One for each cause: what looked like two kinds may turn out to be one. */
  async #counterexamples(options: VerdictOptions): Promise<Counterexample[]> {
    const causes = new Map<string, Counterexample>();
    let left = MOST_SHRUNK;
    for (const { key, find, count } of this.#disagreements.all()) {
      options.onShrink?.(key);
      const shrunk = await this.#shrunk(find, options, left-- > 0 ? MAX_SHRINK_RUNS : 0);
      const cause = causeOf(shrunk);
      const before = causes.get(cause);
      const shorter =
        before === undefined || shrunk.trace.ops.length < before.trace.ops.length ? shrunk : before;
      causes.set(cause, { ...shorter, sequences: count + (before?.sequences ?? 0) });
    }
    return [...causes.values()];
  }

  async #seenFindings(options: VerdictOptions): Promise<SeenFinding[]> {
    const seen: SeenFinding[] = [];
    for (const { key, find, count } of this.#findings.all()) {
      const finding = KNOWN_FINDINGS.find(({ id }) => id === key);
      if (finding === undefined) continue;
      options.onShrink?.(finding.id);
      const counterexample = await this.#shownFinding(finding, find, options);
      seen.push({ id: finding.id, text: finding.sides[1], sequences: count, counterexample });
    }
    return seen;
  }

  async #shrunk(
    find: KernelFind,
    { kernelIn, stop }: VerdictOptions,
    maxRuns: number,
  ): Promise<Counterexample> {
    const accuse: Accuse = (trace, recording) => {
      const { failure, consulted } = this.oracle.judge(trace, recording);
      if (failure === undefined) return undefined;
      const explained = this.oracle.explained(failure, trace, recording, consulted);
      return sameExplanation(explained, find.failure) ? explained : undefined;
    };
    const kernel = await kernelIn(find.trace.env);
    const imitation = this.oracle.imitationOf(find.failure);
    if (imitation === undefined || maxRuns === 0) return shrinkOnKernel(kernel, find, accuse, maxRuns, stop);
    return shrinkUnderstood(kernel, imitation, find, accuse, { maxRuns, lastRuns: MAX_LAST_RUNS, stop });
  }

  async #shownFinding(
    finding: Finding,
    find: KernelFind,
    { kernelIn, stop }: VerdictOptions,
  ): Promise<Counterexample> {
    const accuse: Accuse = (trace, recording) => this.oracle.shows(finding, trace, recording);
    const kernel = await kernelIn(find.trace.env);
    return shrinkUnderstood(kernel, this.oracle.predictor(), find, accuse, {
      maxRuns: MAX_FINDING_RUNS,
      lastRuns: 0,
      stop,
    });
  }
}
