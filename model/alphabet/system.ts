/** What a sequence starts from, and what the machine underneath is. Part of every trace. */
export interface Env {
  /** Pages that each user may map before `pinned_vm` is charged: perf_event_mlock_kb / 4 * online CPUs, less what is used. */
  readonly gift: number;
  /** RLIMIT_MEMLOCK of process 0 at the start, in pages. */
  readonly rlimit: number;
  /** kernel.perf_event_paranoid. */
  readonly paranoid: number;
  /** The CPU has protection keys: an execute-only mapping cannot be read. */
  readonly pku: boolean;
  /** CONFIG_TRANSPARENT_HUGEPAGE: MADV_HUGEPAGE is known. */
  readonly thp: boolean;
  /** CONFIG_KSM: MADV_MERGEABLE is known. */
  readonly ksm: boolean;
  /** `open` with the aux flag gives an event of a PMU with AUX buffers. */
  readonly aux: boolean;
}

export const DEFAULT_ENV: Env = {
  gift: 12,
  rlimit: 6,
  paranoid: 2,
  pku: false,
  thp: true,
  ksm: true,
  aux: true,
};

/**
 * Anything that takes operations and gives observations at once: the specification and every model.
 * (A real kernel answers whole traces at a time: see `TraceSystem`.)
 */
export interface System {
  readonly id: string;
  /** Forget everything and start a sequence in this environment. */
  reset(env: Env): void;
  /**
   * Do the packed operation at `ops[at]` and write its observation to `obs`, from index 0.
   * @param ops packed operations, `OP_WIDTH` ints each, operands within their domains
   */
  step(ops: Int32Array, at: number, obs: Int32Array): void;
}

/** The observations of one trace, one after the other, `obsWidth` ints each; shorter than the trace when it ended early. */
export interface Recording {
  readonly obs: Int32Array;
  /** Operations answered. */
  readonly steps: number;
  /** Why it ended early, in one line, if it did (a panic, a time-out). */
  readonly ended?: string;
  /**
   * What the kernel said of itself, if it complained during this trace: the lines of its log, printable, without what differs each
   * time. Then the last operation answered may be the wrong one, or one that has no answer.
   */
  readonly alarm?: readonly string[];
}

/** A System that answers whole traces, such as a kernel in another process or machine. */
export interface TraceSystem {
  readonly id: string;
  /** The version of Linux that it was made from, when its id names another one: `6.1.192`. */
  readonly upstream?: string;
  readonly env: Env;
  run(traces: readonly Int32Array[]): Promise<Recording[]>;
  close(): Promise<void>;
}
