import type { Trace } from '../model/alphabet/trace.js';
import type { Failure } from '../model/verdict.js';
import type { Pass } from './edit.js';
import { PASSES } from './passes/index.js';
import { type Failing, sameFailure } from './same-failure.js';
import { Search, type SearchOptions, type Shrunk } from './search.js';

export type { Failing, Shrunk };
export { sameFailure };

export interface ShrinkOptions {
  /** Executions after which the best so far is taken. */
  readonly maxRuns?: number;
  /** The environment is what it is: a real machine's. */
  readonly fixedEnv?: boolean;
}

export interface BatchShrinkOptions extends ShrinkOptions {
  /** Candidates in one round trip. */
  readonly batch?: number;
  /** Asked before each batch: true takes the best so far. */
  readonly stop?: () => boolean;
}

/** A pass without its candidates that start from another environment. */
const inSameEnv = (pass: Pass): Pass =>
  function* (trace) {
    for (const candidate of pass(trace)) if (candidate.env === trace.env) yield candidate;
  };

const withFixedEnv: readonly Pass[] = PASSES.map(inSameEnv);

const searchOptions = (options: ShrinkOptions, batch: number): SearchOptions => ({
  passes: options.fixedEnv === true ? withFixedEnv : PASSES,
  batch,
  maxRuns: options.maxRuns ?? Number.POSITIVE_INFINITY,
});

/**
 * The simplest trace that fails in the same way: same kind of failure, same rule, same kind of operation at the failing step.
 * @param fails runs a trace and says how it fails, if it does; it must answer the same every time
 */
export function shrink(
  start: Failing,
  fails: (trace: Trace) => Failure | undefined,
  options: ShrinkOptions = {},
): Shrunk {
  const steps = new Search(start, searchOptions(options, 1)).run();
  let step = steps.next();
  while (step.done !== true) step = steps.next(step.value.map(fails));
  return step.value;
}

/** As `shrink`, for Systems that answer many traces at a time, later. */
export async function shrinkInBatches(
  start: Failing,
  fails: (traces: readonly Trace[]) => Promise<readonly (Failure | undefined)[]>,
  options: BatchShrinkOptions = {},
): Promise<Shrunk> {
  const search = new Search(start, searchOptions(options, options.batch ?? 32));
  const steps = search.run();
  let step = steps.next();
  while (step.done !== true) {
    if (options.stop?.() === true) return search.result();
    step = steps.next(await fails(step.value));
  }
  return step.value;
}
