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
  const shown = (of: Failure | undefined) => {
    const steps = Math.min(recording.steps, of === undefined ? recording.steps : of.step + 1);
    return { observations: splitObservations(trace.ops, recording.obs, steps) };
  };
  const verdict = replayed(kernel.id, trace, tally, {}, explained, shown(failure));
  if (failure !== undefined) return verdict;
  const findings = oracle.witnesses(trace, recording).map(({ finding, failure: defect }) => ({
    id: finding.id,
    text: finding.sides[1],
    sequences: 1,
    counterexample: exampleOf(kernel.id, trace, defect, shown(defect)),
  }));
  return findings.length === 0 ? verdict : { ...verdict, findings };
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
  if (failure === undefined) return { ...verdict, outcome: 'passed', observed: shown.observations };
  return { ...verdict, outcome: 'failed', counterexample: exampleOf(system, trace, failure, shown) };
}

function exampleOf(
  system: string,
  trace: Trace,
  failure: Failure,
  shown: Pick<Counterexample, 'observations' | 'pictures'>,
): Counterexample {
  const foundWith = traceLength(trace.ops);
  return { system, trace, failure, ...shown, foundWith, shrinkRuns: 0, token: encodeToken(system, trace) };
}
