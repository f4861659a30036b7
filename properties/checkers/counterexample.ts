import { traceLength } from '../../model/alphabet/trace.js';
import { encodeToken } from '../../model/trace/token.js';
import type { Counterexample } from '../../model/verdict.js';
import { type Failing, shrinkInBatches } from '../../shrinkers/shrink.js';
import { TraceRunner } from './run-trace.js';
import { Slices } from './slices.js';
import type { Subject } from './subject.js';

/** Executions that a model's counterexample may take to shrink: a few seconds. */
const MAX_RUNS = 100_000;

/**
 * Shrink what fails and run it once more for all that there is to show.
 * @param stop asked now and then: true takes the shortest so far
 */
export async function counterexampleOf(
  subject: Subject,
  found: Failing,
  stop: () => boolean,
): Promise<Counterexample> {
  const runner = new TraceRunner(subject);
  const slices = new Slices();
  const shrunk = await shrinkInBatches(
    found,
    async (traces) => {
      if (slices.isDue()) await slices.pause();
      return traces.map(runner.fails);
    },
    { batch: 1, maxRuns: MAX_RUNS, stop },
  );
  const { observations, pictures, failure = shrunk.failure } = runner.observe(shrunk.trace);
  return {
    system: subject.id,
    trace: shrunk.trace,
    failure,
    observations,
    ...(pictures.length === 0 ? {} : { pictures }),
    foundWith: traceLength(found.trace.ops),
    shrinkRuns: shrunk.runs,
    token: encodeToken(subject.id, shrunk.trace),
  };
}
