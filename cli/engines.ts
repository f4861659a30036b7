import type { VariationPoint } from '../model/alphabet/specification.js';
import type { Env } from '../model/alphabet/system.js';
import type { Trace } from '../model/alphabet/trace.js';
import type { Verdict } from '../model/verdict.js';

/** What a random search needs to know, whatever it searches. */
export interface SearchOptions {
  /** 32 bits. */
  readonly seed: number;
  /** Sequences; Infinity: until the time is over. */
  readonly runs: number;
  /** Operations in a sequence. */
  readonly length: number;
  readonly timeMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly sequences: number; readonly operations: number }) => void;
}

/** How much a certificate may cost. */
export interface CertifyLimits {
  readonly timeMs: number;
  readonly signal: AbortSignal;
}

/** What of an environment can be chosen for a real kernel. */
export type StartLimits = Pick<Env, 'gift' | 'rlimit'>;

/** A real kernel, open for traces. */
export interface Kernel {
  readonly id: string;
  /** What every sequence starts from there. */
  readonly env: Env;
  check(options: SearchOptions): Promise<Verdict>;
  replay(trace: Trace): Promise<Verdict>;
  close(): Promise<void>;
}

export interface Named {
  readonly id: string;
  readonly text: string;
}

/** A design, as the command shows and runs it. */
export interface DesignEntry extends Named {
  readonly kind: string;
  check(options: SearchOptions): Promise<Verdict>;
  replay(trace: Trace): Verdict;
  /** Search all sequences that are shorter than the verdict's counterexample, if it has one, for the same failure. */
  certify(verdict: Verdict, limits: CertifyLimits): Promise<Verdict>;
}

/** All that the command can set in motion. The tests put their own in its place. */
export interface Engines {
  readonly designs: readonly DesignEntry[];
  readonly invariants: readonly Named[];
  readonly variationPoints: readonly VariationPoint[];
  /** Known defects of kernels. */
  readonly findings: readonly VariationPoint[];
  /**
   * @param start the limits that sequences start from; default: small ones, which sequences meet often
   * @returns the kernel under this program, or one line why it cannot be checked
   */
  openHost(start?: StartLimits): Promise<Kernel | string>;
}
