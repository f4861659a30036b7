import type { Recording, TraceSystem } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { encodeToken } from '../../model/trace/token.js';
import type { Counterexample, Failure } from '../../model/verdict.js';
import { type Failing, sameFailure, shrinkInBatches } from '../../shrinkers/shrink.js';
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
  let best: KernelFind = found;
  const fails = async (traces: readonly Trace[]): Promise<(Failure | undefined)[]> => {
    const recordings = await kernel.run(traces.map(({ ops }) => ops));
    return traces.map((trace, i) => accuse(trace, recordings[i]));
  };
  const shrunk = await shrinkInBatches(found, fails, { batch: BATCH, maxRuns, stop, fixedEnv: true });
  const [recording] = await kernel.run([shrunk.trace.ops]);
  const failure = accuse(shrunk.trace, recording);
  if (failure !== undefined && sameFailure({ trace: shrunk.trace, failure }, found)) {
    best = { trace: shrunk.trace, failure, recording };
  }
  const steps = Math.min(best.failure.step + 1, best.recording.steps);
  return {
    system: kernel.id,
    trace: best.trace,
    failure: best.failure,
    observations: splitObservations(best.trace.ops, best.recording.obs, steps),
    foundWith: traceLength(found.trace.ops),
    shrinkRuns: shrunk.runs + 1,
    token: encodeToken(kernel.id, best.trace),
  };
}
