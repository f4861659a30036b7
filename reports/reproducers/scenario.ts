import type { Allowed } from '../../model/alphabet/specification.js';
import type { Env } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';

/** What one operation should show: one of these. What comes after it was worked out for the first. */
export interface Expectation {
  readonly allowed: readonly Allowed[];
  /** What the System showed that the trace is about, where that is known. */
  readonly seen?: Int32Array;
}

/** Facts about a machine that an environment states and no program can change. */
export type MachineFact = keyof Pick<Env, 'pku' | 'thp' | 'ksm'>;

/** A trace with what each step should show: all that a reproducer is made from. */
export interface Scenario {
  readonly trace: Trace;
  /** One for each operation that is done; the trace may be longer where the specification leaves the rest open. */
  readonly expectations: readonly Expectation[];
  /** What the trace is about, for people: may come from a file, and is cleaned before it is written anywhere. */
  readonly title: string;
  /** Whose behaviour is expected: a release of the kernel, or a design. */
  readonly like: string;
  /** Id of the System that the trace is about, and that showed what is in `seen`. */
  readonly system: string;
  /** Facts on which what is expected depends. */
  readonly facts: readonly MachineFact[];
}
