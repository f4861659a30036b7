import type { Design } from '../../model/designs/design.js';
import type { Trial } from '../../model/kill-matrix.js';
import type { Counterexample } from '../../model/verdict.js';
import { counterexampleOf } from '../checkers/counterexample.js';
import { modelSubject } from '../checkers/model-subject.js';
import { findRandom, type RandomOptions } from '../checkers/random.js';

/** The invariant with this text is what a check calls by its own name, since it ends the run before invariants are asked. */
const HANG = 'hang';
const OPERATIONS_RETURN = 'operations-return';

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
  const start = performance.now();
  const { found, counts, incomplete } = await findRandom(subject, options);
  const { sequences, operations } = counts;
  const spent = { seed: options.seed, sequences, operations, seconds: (performance.now() - start) / 1000 };
  if (found === undefined) return { trial: spent, shrink: undefined, incomplete };
  const { rule } = found.failure;
  return {
    trial: { ...spent, rule: rule === HANG ? OPERATIONS_RETURN : rule },
    shrink: () => counterexampleOf(subject, found, () => options.signal?.aborted === true),
    incomplete,
  };
}
