import type { Specification } from '../../model/alphabet/specification.js';
import type { TraceSystem } from '../../model/alphabet/system.js';
import type { Counterexample } from '../../model/verdict.js';
import { sameFailure } from '../../shrinkers/shrink.js';
import { askKernel, KernelLost } from './ask-kernel.js';
import { type Accuse, type KernelFind, shrinkOnKernel } from './kernel-counterexample.js';
import { SpecKernel } from './spec-kernel.js';

/** Sequences that the specification may run in place of the kernel. */
const MAX_SPEC_RUNS = 50_000;

export interface UnderstoodOptions {
  /** Sequences that the kernel may run when it does not behave as was thought. */
  readonly maxRuns: number;
  /** Sequences that it may run to shorten what the specification came to. */
  readonly lastRuns: number;
  readonly stop: () => boolean;
}

/**
 * The shortest trace that fails alike, for what the specification can imitate: it is shrunk on the specification first, which costs the
 * kernel nothing, and from there on the kernel, which has the last word. Where the kernel does not confirm it, it is shrunk on the
 * kernel alone.
 * @param imitation a specification that does what the kernel does
 */
export async function shrinkUnderstood(
  kernel: TraceSystem,
  imitation: Specification,
  find: KernelFind,
  accuse: Accuse,
  { maxRuns, lastRuns, stop }: UnderstoodOptions,
): Promise<Counterexample> {
  const foreseen = await shrinkOnKernel(new SpecKernel(kernel, imitation), find, accuse, MAX_SPEC_RUNS, stop);
  const confirmed = stop() ? undefined : await confirm(kernel, foreseen, find, accuse);
  if (confirmed === undefined) return shrinkOnKernel(kernel, find, accuse, maxRuns, stop);
  const last = await shrinkOnKernel(kernel, confirmed, accuse, lastRuns, stop);
  return {
    ...last,
    foundWith: foreseen.foundWith,
    shrinkRuns: foreseen.shrinkRuns + 1 + last.shrinkRuns,
  };
}

/** What was foreseen, as the kernel itself shows it; undefined when it shows something else. */
async function confirm(
  kernel: TraceSystem,
  { trace }: Counterexample,
  find: KernelFind,
  accuse: Accuse,
): Promise<KernelFind | undefined> {
  try {
    const [recording] = await askKernel(kernel, [trace]);
    const failure = accuse(trace, recording);
    if (failure === undefined || !sameFailure({ trace, failure }, find)) return undefined;
    return { trace, failure, recording };
  } catch (error) {
    if (error instanceof KernelLost) return undefined;
    throw error;
  }
}
