import type { VariationPoint } from '../model/alphabet/specification.js';
import type { Env, TraceSystem } from '../model/alphabet/system.js';
import type { Trace } from '../model/alphabet/trace.js';
import type { KernelFacts } from '../model/linux/facts.js';
import type { Verdict } from '../model/verdict.js';
import type { StartLimits } from '../properties/conformance/kernel-pool.js';

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

/** What can be chosen when a kernel is opened. */
export interface KernelChoice {
  /** The limits that sequences start from; default: small ones, which sequences meet often. */
  readonly start?: StartLimits;
  /** Told, in one line, what takes long before it begins. */
  readonly onWait?: (what: string) => void;
}

/** How much a certificate may cost. */
interface CertifyLimits {
  readonly timeMs: number;
  readonly signal: AbortSignal;
}

/** A real kernel, open for traces. */
export interface Kernel {
  readonly id: string;
  /** What every sequence starts from there. */
  readonly env: Env;
  readonly facts: KernelFacts;
  /** Where it runs, in a few words. */
  readonly machine: string;
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
  /** Names of kernels that can be opened without a path and without a network. */
  kernelsAtHand(): Promise<readonly string[]>;
  /**
   * @param name `host`, `debian:VERSION` or the path of a bzImage
   * @returns the kernel, or one line why it cannot be checked
   */
  openKernel(name: string, choice?: KernelChoice): Promise<Kernel | string>;
  /**
   * A kernel by its name, for whole traces.
   * @throws NoAgentError when it cannot be asked here
   */
  openTraces(name: string, choice: KernelChoice): Promise<TraceSystem>;
}
