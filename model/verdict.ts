import type { Allowed } from './alphabet/specification.js';
import type { Trace } from './alphabet/trace.js';

/** The first thing that went wrong in a trace. */
export interface Failure {
  /** `spec`: an observation that the specification does not allow; `invariant`: a state that may not be; `hang`: an operation that does not end. */
  readonly kind: 'spec' | 'invariant' | 'hang';
  /** Id of the invariant, or `spec`, or `hang`. */
  readonly rule: string;
  /** What the rule says, in one sentence. */
  readonly text: string;
  /** Index of the operation at which it showed. */
  readonly step: number;
  /** Where exactly, in one line: "process 0, page 3: writable PTE for pgoff 1". */
  readonly detail: string;
  /** Page that it is about, if one: for the picture. */
  readonly page?: number;
  readonly proc?: number;
  /** For `spec`: what was allowed. */
  readonly allowed?: readonly Allowed[];
  /** Ids of variation points that would explain it, had the System been on their other side. */
  readonly explainedBy?: readonly string[];
  /** What the kernel said of itself on its console, if it complained: the lines of its log, printable. */
  readonly alarm?: readonly string[];
  /** It takes all of these at once: none of them explains it alone. */
  readonly explainedTogether?: true;
}

/** A failing trace, as short as it could be made, with what each step showed. */
export interface Counterexample {
  readonly system: string;
  readonly trace: Trace;
  readonly failure: Failure;
  /** One observation a step, up to and with the failing one. */
  readonly observations: readonly Int32Array[];
  /** ASCII pictures of the address space: one line each, after the step of that index; from model Systems only. */
  readonly pictures?: readonly (readonly string[])[];
  /** Operations before shrinking. */
  readonly foundWith: number;
  /** Executions that shrinking took. */
  readonly shrinkRuns: number;
  /** Replays exactly this, on any machine. */
  readonly token: string;
  /** On a kernel: sequences that showed what has the same cause. */
  readonly sequences?: number;
  /** Whether a shorter sequence can show the same failure; left out when that was not asked. */
  readonly certificate?: Certificate;
}

/** How often an operation had this outcome. */
export interface OutcomeCount {
  readonly op: string;
  /** `ok`, an errno, a fault, or a mark. */
  readonly outcome: string;
  readonly count: number;
}

/** What an exhaustive search within bounds around a counterexample has proven about shorter sequences. */
export interface Certificate {
  /** None of them shows this failure. */
  readonly proven: boolean;
  /** Name of the bounds for which that is so, or was not proven. */
  readonly bounds: string;
  /** What was not proven, or not for wider bounds, and why, in one line. */
  readonly reason?: string;
  /** Operations of the bounded alphabet. */
  readonly operations: number;
  readonly states: number;
  readonly transitions: number;
}

/** Counts of one checked System. */
export interface Counts {
  readonly sequences: number;
  readonly operations: number;
  /** Operations that named something missing (status SKIP). */
  readonly skipped: number;
  /**
   * Operations that could do nothing because what they name was missing: the skipped ones, and those on a page or range without
   * any mapping. Left out where it was not counted.
   */
  readonly missing?: number;
  /** Operations that the System could not do or see (status UNOBSERVED). */
  readonly unobserved: number;
  /** Sequences that ended early because a model table was full or the specification left the case open. */
  readonly cut: number;
  /** Per operation kind: [done, of these with status 0]. By operation number. */
  readonly perOp: readonly (readonly [number, number])[];
  /** Per operation kind: how many of them were UNOBSERVED. By operation number; left out when none was. */
  readonly unobservedPerOp?: readonly number[];
  /** What operations answered, those that were seen. */
  readonly outcomes?: readonly OutcomeCount[];
  /** How often an operation came right after another and neither was skipped: by number of the first * kinds + number of the second. */
  readonly pairs?: readonly number[];
}

/** A known defect of a kernel, seen again. */
export interface SeenFinding {
  readonly id: string;
  /** What the kernel does, in one line. */
  readonly text: string;
  /** Sequences in which it showed. */
  readonly sequences: number;
  /** The shortest. */
  readonly counterexample: Counterexample;
}

export interface Verdict {
  readonly system: string;
  readonly outcome: 'passed' | 'failed' | 'not-run';
  /** Why it did not run, in one line. */
  readonly reason?: string;
  readonly seed: number;
  readonly counts: Counts;
  /** Invariant ids with the number of times each was looked at; for kernels empty. */
  readonly invariants: Readonly<Record<string, number>>;
  readonly counterexample?: Counterexample;
  /** Where the search went on after the first: the shortest of each other kind of disagreement. */
  readonly further?: readonly Counterexample[];
  /** Known defects of a real kernel that showed: written up already, so no disagreement. */
  readonly findings?: readonly SeenFinding[];
  /** Of one trace that was replayed and passed: what each step showed. */
  readonly observed?: readonly Int32Array[];
  /** The run was interrupted or ran out of time before the runs that were asked for. */
  readonly incomplete?: string;
}
