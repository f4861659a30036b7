import type { Trace } from '../model/alphabet/trace.js';
import type { Failure } from '../model/verdict.js';
import { kindOf } from './edit.js';

/** A trace with what goes wrong in it. */
export interface Failing {
  readonly trace: Trace;
  readonly failure: Failure;
}

/** Is it the same defect, as far as can be told: the same rule, broken by the same kind of operation? */
export function sameFailure(a: Failing, b: Failing): boolean {
  return (
    a.failure.kind === b.failure.kind &&
    a.failure.rule === b.failure.rule &&
    kindOf(a.trace, a.failure.step) === kindOf(b.trace, b.failure.step)
  );
}
