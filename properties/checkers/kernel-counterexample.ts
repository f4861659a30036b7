import type { Recording, TraceSystem } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { encodeToken } from '../../model/trace/token.js';
import type { Counterexample, Failure } from '../../model/verdict.js';
import { type Failing, sameFailure, shrinkInBatches } from '../../shrinkers/shrink.js';
import { askKernel, KernelLost } from './ask-kernel.js';
import { splitObservations } from './explain.js';

/** How a recording of a trace is wrong, if it is. */
export type Accuse = (trace: Trace, recording: Recording) => Failure | undefined;

/** A find on a kernel, with the recording in which it showed. */
export interface KernelFind extends Failing {
  readonly recording: Recording;
}

/** Candidates in one round trip: about what the agent takes in a few milliseconds. */
const BATCH = 32;

/**
 * The shortest trace that fails alike on the kernel itself. A kernel need not repeat itself; when the find does not show again it is
 * kept as it was found.
 * @param maxRuns sequences that the kernel may run for it
 */
export async function shrinkOnKernel(
  kernel: TraceSystem,
  found: KernelFind,
  accuse: Accuse,
  maxRuns: number,
  stop: () => boolean,
): Promise<Counterexample> {
  const fails = async (traces: readonly Trace[]): Promise<(Failure | undefined)[]> => {
    const recordings = await askKernel(kernel, traces);
    return traces.map((trace, i) => accuse(trace, recordings[i]));
  };
  let best: KernelFind = found;
  let runs = 0;
  try {
    const shrunk = await shrinkInBatches(found, fails, { batch: BATCH, maxRuns, stop, fixedEnv: true });
    runs = shrunk.runs;
    // What was found last is run once more for its observations; what nothing was tried on has them.
    if (runs === 0) return shown(kernel, found, found, runs);
    const [recording] = await askKernel(kernel, [shrunk.trace]);
    const failure = accuse(shrunk.trace, recording);
    if (failure !== undefined && sameFailure({ trace: shrunk.trace, failure }, found)) {
      best = { trace: shrunk.trace, failure, recording };
    }
  } catch (error) {
    // A kernel that cannot be asked any more leaves the find as it is; anything else is a mistake here.
    if (!(error instanceof KernelLost)) throw error;
  }
  return shown(kernel, found, best, runs);
}

function shown(kernel: TraceSystem, found: KernelFind, best: KernelFind, runs: number): Counterexample {
  const { trace, failure, recording } = best;
  const steps = Math.min(failure.step + 1, recording.steps);
  return {
    system: kernel.id,
    trace,
    failure,
    observations: splitObservations(trace.ops, recording.obs, steps),
    foundWith: traceLength(found.trace.ops),
    shrinkRuns: runs,
    token: encodeToken(kernel.id, trace),
  };
}
