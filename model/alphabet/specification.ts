import type { System } from './system.js';

/**
 * A place where kernels or designs legitimately differ. Side 0 is the behaviour of older kernels, side 1 the
 * behaviour since `since`. A `Flavour` chooses one side for each.
 */
export interface VariationPoint {
  /** Short and stable, for example `gup-refused`. */
  readonly id: string;
  /** What userspace sees on either side, one line each. */
  readonly sides: readonly [string, string];
  /** First kernel release on side 1 ("6.14"), or where no release decides it, what does ("config", "design"). */
  readonly since: string;
  /** Why they differ, one or two sentences. */
  readonly why: string;
  /** How it is known: a kernel function and version, or the kernels on which it was measured. */
  readonly evidence: string;
}

/** Bit i set: side 1 of variation point i. */
export type Flavour = number;

/** What generators may ask of the state that a trace has reached. All answers are about what userspace could know. */
export interface SequenceView {
  alive(proc: number): boolean;
  user(proc: number): number;
  fdOpen(proc: number, fd: number): boolean;
  /** Data pages plus one of the buffer that the event behind fd has, or 0. */
  bufferPages(proc: number, fd: number): number;
  /** VIEW_NONE, VIEW_ANON or VIEW_PERF. */
  pageKind(proc: number, page: number): number;
  /** First page of the perf mapping that holds this page (the page itself for other kinds). */
  mappingStart(proc: number, page: number): number;
  /** Pages of the perf mapping that holds this page (1 for other kinds). */
  mappingPages(proc: number, page: number): number;
  /** pgoff of the page in its perf mapping (0 for other kinds). */
  pagePgoff(proc: number, page: number): number;
}

/** How the specification takes an observation. */
export const ACCEPTED = 0;
/** Not allowed. */
export const REJECTED = 1;
/** The specification leaves this open from here on (named in the documentation): the sequence ends without a verdict. */
export const OUT_OF_SCOPE = 2;

/** The reference specification: a System that can also judge observations, and follow the allowed one. */
export interface Specification extends System {
  readonly flavour: Flavour;
  readonly view: SequenceView;
  /**
   * Judge what a System answered to the operation at `ops[at]`; when accepted, the state follows the
   * observation (of several allowed ones).
   */
  accept(ops: Int32Array, at: number, obs: Int32Array): number;
  /** The allowed observations at the last `accept` that rejected, with the rule behind each, for people. */
  allowed(): readonly Allowed[];
  /** Bit mask of the variation points that the last `step` or `accept` asked for. */
  consulted(): number;
}

export interface Allowed {
  readonly obs: Int32Array;
  /** The rule of the specification in one sentence. */
  readonly rule: string;
}
