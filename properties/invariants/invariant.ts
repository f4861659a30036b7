import type { World } from '../../model/kernel/world.js';
import type { BeforeMmap } from './before-mmap.js';
import type { Census } from './census.js';

/** What an invariant looks at, and where it leaves what it found. Nothing here is allocated anew. */
export interface Context {
  readonly w: World;
  readonly census: Census;
  readonly before: BeforeMmap;
  /** The operation that has just been done, and its observation. */
  ops: Int32Array;
  at: number;
  obs: Int32Array;
  /** Times that the invariant had something to look at in this check; 0: it held vacuously. */
  looked: number;
  /** Where it does not hold. */
  address: number;
  subject: number;
  found: number;
  expected: number;
}

/**
 * Something that holds after every operation of every trace.
 */
export interface Invariant {
  readonly id: string;
  /** What holds, in one sentence. */
  readonly text: string;
  /** It is about the observation of the operation, not about the state after it. */
  readonly ofObservation?: true;
  /** The `address` that it leaves is a place in an arena. */
  readonly ofPlace?: true;
  /** Only for designs that promise it. */
  readonly applies?: (w: World) => boolean;
  /** @returns whether it holds; if not, the context says where */
  check(c: Context): boolean;
  /** Where it does not hold, in one line. */
  describe(c: Context): string;
}

/** Leave what was found where, and say that it does not hold. */
export function violated(c: Context, subject: number, found: number, expected: number): false {
  c.subject = subject;
  c.found = found;
  c.expected = expected;
  return false;
}
