import type { Trace } from '../../model/alphabet/trace.js';
import type { Counterexample, OutcomeCount } from '../../model/verdict.js';
import type { Explanation } from './explain-difference.js';

/** Something that some state should show, so that a search without a find is not a search of nothing. */
interface Witnessed {
  readonly id: string;
  readonly text: string;
  /** A shortest sequence to such a state, the least of them; left out when the search came to none. */
  readonly witness?: Trace;
  readonly token?: string;
}

/** A way in which two designs answer one operation differently, seen by user space. */
interface Difference extends Explanation {
  /** The operation, with what it chooses among: `madvise DONTNEED`. */
  readonly op: string;
  /** What either design answers, in the order in which they were named. */
  readonly outcomes: readonly [string, string];
  /** The part of the observation that differs: `outcome`, `value`, `Rss`, `VmFlags io pf`. */
  readonly what: string;
  readonly count: number;
  /** A shortest sequence that shows it, the least of them. */
  readonly witness: Trace;
  readonly token: string;
}

/** Transitions that were not followed, by the reason. */
export interface NotFollowed {
  /** An `open` when as many events lived as the bounds allow: not even done. */
  readonly beyond: number;
  /** A table of the model was full. */
  readonly bound: number;
  /** The specification leaves open what follows. */
  readonly open: number;
  /** The state has no normal form: something in use that nothing refers to. */
  readonly irregular: number;
  /** The two designs answered with different outcomes: from there on they have done different things. */
  readonly parted: number;
}

/** What an exhaustive search came to. */
export interface Exploration {
  readonly design: string;
  readonly against: string;
  readonly bounds: string;
  /** Operations of the bounded alphabet. */
  readonly operations: number;
  /** Renamings under which states count as one, the trivial one among them. */
  readonly renamings: number;
  /** Every operation was done in every state that can be reached. */
  readonly closed: boolean;
  /** Why it ended before, in one line. */
  readonly cut?: string;
  readonly states: number;
  /** States in which not every operation was done yet. */
  readonly left: number;
  readonly transitions: number;
  /** Transitions of these that named something missing. */
  readonly skipped: number;
  /** Operations from the start to the farthest state. */
  readonly depth: number;
  /** States by the operations that lead to them from the start: of 0, of 1 and so on. */
  readonly levels: readonly number[];
  readonly notFollowed: NotFollowed;
  readonly outcomes: readonly OutcomeCount[];
  /** By id of the invariant: times that it had something to look at. */
  readonly invariants: Readonly<Record<string, number>>;
  readonly sometimes: readonly Witnessed[];
  readonly differences: readonly Difference[];
  readonly counterexample?: Counterexample;
  /** Bytes of the set of states, with what it has reserved. */
  readonly bytes: number;
  readonly seconds: number;
}

/** How far a search has come. */
export interface Progress {
  readonly depth: number;
  readonly states: number;
  readonly left: number;
  readonly transitions: number;
  readonly bytes: number;
}
