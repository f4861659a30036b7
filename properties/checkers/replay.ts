import type { TraceSystem } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import type { Design } from '../../model/designs/design.js';
import { encodeToken } from '../../model/trace/token.js';
import type { Counterexample, Failure, Verdict } from '../../model/verdict.js';
import { splitObservations } from './explain.js';
import { KernelOracle } from './kernel-oracle.js';
import { modelSubject } from './model-subject.js';
import { releaseOf } from './release.js';
import { TraceRunner } from './run-trace.js';
import type { Subject } from './subject.js';
import { Tally } from './tally.js';

/** Run one trace on a design, with the specification and all invariants. */
export function replayOnDesign(design: Design, trace: Trace): Verdict {
  return replayOn(modelSubject(design), trace);
}

/** Run one trace on a System, with the specification and its invariants. */
export function replayOn(subject: Subject, trace: Trace): Verdict {
  const { observations, pictures, failure, cut } = new TraceRunner(subject).observe(trace);
  const tally = new Tally();
  tally.sequence();
  observations.forEach((obs, step) => {
    tally.step(trace.ops, step, obs[0]);
  });
  if (cut) tally.cut();
  const shown = { observations, ...(pictures.length === 0 ? {} : { pictures }) };
  return replayed(subject.id, trace, tally, { ...subject.applied?.() }, failure, shown);
}

/** Run one trace on a real kernel. It starts from that kernel's environment, whatever the trace says. */
export async function replayOnKernel(kernel: TraceSystem, wanted: Trace): Promise<Verdict> {
  const trace: Trace = { env: kernel.env, ops: wanted.ops };
  const oracle = new KernelOracle(releaseOf(kernel));
  const [recording] = await kernel.run([trace.ops]);
  const tally = new Tally();
  tally.recording(trace.ops, recording);
  const { failure, cut, consulted } = oracle.judge(trace, recording);
  if (cut) tally.cut();
  const explained = failure && oracle.explained(failure, trace, recording, consulted);
  const steps = Math.min(recording.steps, failure === undefined ? recording.steps : failure.step + 1);
  const observations = splitObservations(trace.ops, recording.obs, steps);
  return replayed(kernel.id, trace, tally, {}, explained, { observations });
}

function replayed(
  system: string,
  trace: Trace,
  tally: Tally,
  invariants: Record<string, number>,
  failure: Failure | undefined,
  shown: Pick<Counterexample, 'observations' | 'pictures'>,
): Verdict {
  // Nothing was drawn, so there is no seed.
  const verdict = { system, seed: 0, counts: tally.counts(), invariants };
  if (failure === undefined) return { ...verdict, outcome: 'passed' };
  const length = traceLength(trace.ops);
  const token = encodeToken(system, trace);
  const counterexample = { system, trace, failure, ...shown, foundWith: length, shrinkRuns: 0, token };
  return { ...verdict, outcome: 'failed', counterexample };
}
