import type { Trace } from './alphabet/trace.js';
import type { Failure, Verdict } from './verdict.js';

/** Where sequences come from. */
export type SourceName = 'corpus' | 'cover' | 'random';

/** What one source of sequences came to on a kernel. */
export interface SourceResult {
  readonly source: SourceName;
  /** Sequences that the kernel answered. */
  readonly sequences: number;
  /** Sequences of these that showed what the specification does not allow, known findings aside. */
  readonly disagreed: number;
  /** Wall-clock time, in seconds, without shrinking. */
  readonly seconds: number;
  /** Why less was done than was asked for, in one line. */
  readonly incomplete?: string;
}

/** A feature of the transition cover that the kernel did not show. */
export interface MissedFeature {
  /** `mmap EPERM`, `fork, munmap`, or the id of a kind of state. */
  readonly feature: string;
  /** `unobserved`: the machine cannot do what it needs; `otherwise`: allowed, but another outcome; `disagreed`: it failed. */
  readonly how: 'unobserved' | 'otherwise' | 'disagreed';
  /** What the machine cannot do, or which outcome there was. */
  readonly why: string;
}

/** What of a transition cover a kernel showed. */
export interface CoverResult {
  /** Features of the cover: operations with an outcome, pairs of operations, kinds of state. */
  readonly features: number;
  /** Features that the kernel showed, as the model does. */
  readonly shown: number;
  readonly missed: readonly MissedFeature[];
}

/** Something that a machine could not show: it was neither passed nor failed. */
export interface Unobserved {
  /** `open (aux)`, `setuid`. */
  readonly what: string;
  readonly why: string;
  /** Operations that were passed over. */
  readonly operations: number;
}

/** On which side of a variation point, or of a known finding, a kernel is. */
export interface SideResult {
  readonly id: string;
  /** A known finding: side 1 is the defect. */
  readonly finding: boolean;
  /** What userspace sees on either side. */
  readonly sides: readonly [string, string];
  /** The side that the kernel's release says. */
  readonly expected: 0 | 1;
  /** The side that it was seen on; left out when nothing could tell, or neither side explains what was seen. */
  readonly measured?: 0 | 1;
  /** A shortest sequence that tells the sides apart, with what this kernel answered. */
  readonly witness?: SideWitness;
  /** Why it could not be observed, in one line. */
  readonly notObservable?: string;
  /** Neither side explains what was seen: what was wrong for the expected side. */
  readonly unexplained?: Failure;
}

interface SideWitness {
  readonly trace: Trace;
  readonly observations: readonly Int32Array[];
  readonly token: string;
  /** Times that the kernel was asked, and answered on this side. */
  readonly repeats: number;
}

/** All that was found out about one kernel. */
export interface KernelConformance {
  /** As it was asked for: `host`, a path, `debian:6.12`. */
  readonly name: string;
  /** The version of Linux that it was made from, when its release names another one. */
  readonly upstream?: string;
  /** One verdict over all sources. */
  readonly verdict: Verdict;
  readonly sources: readonly SourceResult[];
  readonly cover?: CoverResult;
  readonly unobserved: readonly Unobserved[];
  /** Of every variation point and known finding; when a matrix was asked for. */
  readonly sides?: readonly SideResult[];
}

/** What a kernel answered to a sequence that failed somewhere. */
export interface Rechecked {
  readonly system: string;
  /** Times that it was run, and that it showed what the specification of this kernel does not allow. */
  readonly runs: number;
  readonly failed: number;
  /** How, the first time. */
  readonly failure?: Failure;
  /** Something in it could not be done there, so that nothing is known: why. */
  readonly notObserved?: string;
}
