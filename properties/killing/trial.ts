import type { Design } from '../../model/designs/design.js';
import type { Trial } from '../../model/kill-matrix.js';
import type { Counterexample } from '../../model/verdict.js';
import { counterexampleOf } from '../checkers/counterexample.js';
import { modelSubject } from '../checkers/model-subject.js';
import { findRandom, type RandomOptions } from '../checkers/random.js';
import { operations_return } from '../invariants/operations-return.js';

/** What a check calls an operation that never returns: it ends the run before the invariant that says so is asked. */
const HANG = 'hang';

/** A search, and what to do with what it found. */
export interface Tried {
  readonly trial: Trial;
  /** Shrinks what was found; undefined if nothing was. */
  readonly shrink: (() => Promise<Counterexample>) | undefined;
  /** It ran less than it should have. */
  readonly incomplete: string | undefined;
}

/** Search for a defect as `check` does, and count what it took. */
export async function tryOnce(design: Design, options: RandomOptions): Promise<Tried> {
  const subject = modelSubject(design);
  const start = process.cpuUsage();
  const { found, counts, incomplete } = await findRandom(subject, options);
  const { sequences, operations } = counts;
  const { user, system } = process.cpuUsage(start);
  const spent = { seed: options.seed, sequences, operations, seconds: (user + system) / 1e6 };
  if (found === undefined) return { trial: spent, shrink: undefined, incomplete };
  const { rule } = found.failure;
  return {
    trial: { ...spent, rule: rule === HANG ? operations_return.id : rule },
    shrink: () => counterexampleOf(subject, found, () => options.signal?.aborted === true),
    incomplete,
  };
}
