import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { traceLength } from '../../model/alphabet/trace.js';
import type { Design } from '../../model/designs/design.js';
import type { Certificate, Counterexample, Verdict } from '../../model/verdict.js';
import { failureClass } from '../../shrinkers/same-failure.js';
import { counterexampleOf } from '../checkers/counterexample.js';
import { modelSubject } from '../checkers/model-subject.js';
import type { Exploration } from '../explorer/exploration.js';
import { explore } from '../explorer/explore.js';
import { boundsAround } from './bounds-of.js';
import type { Width } from './values.js';

/** How much a proof may cost. */
export interface CertifyLimits {
  readonly timeMs: number;
  /** Bytes of the set of states. */
  readonly bytes: number;
  readonly signal?: AbortSignal;
}

/** What a search of all shorter sequences has proven. */
function certificateOf(found: Exploration, shorter: number): Certificate {
  const { bounds, states, transitions, operations, notFollowed, depth, cut, closed } = found;
  const about = { bounds, states, transitions, operations };
  if (notFollowed.irregular > 0)
    return { ...about, proven: false, reason: `${notFollowed.irregular} states were not followed` };
  if (closed || depth >= shorter) return { ...about, proven: true };
  const reason = `${cut ?? 'the search ended'} when no sequence of up to ${depth} operations had shown it`;
  return { ...about, proven: false, reason };
}

/** The failure of a counterexample, as a search is asked for it. */
const wanted = ({ trace, failure }: Counterexample): string =>
  failureClass(trace.ops[failure.step * OP_WIDTH], failure);

/**
 * Search every sequence that is shorter than a counterexample for the same failure, within bounds near to it, then within wide ones. One
 * that is found takes its place, shrunk in turn, until there is none or the limits end the search.
 * @returns the shortest, with a certificate for the widest bounds for which there is a proof
 */
export async function certify(
  design: Design,
  counterexample: Counterexample,
  limits: CertifyLimits,
): Promise<Counterexample> {
  const end = performance.now() + limits.timeMs;
  const search = (best: Counterexample, width: Width): Promise<Exploration> =>
    explore(
      { design, bounds: boundsAround(best.trace, width), symmetry: true, failure: wanted(best) },
      {
        ...limits,
        depth: traceLength(best.trace.ops) - 1,
        timeMs: Math.max(0, 100 * Math.round((end - performance.now()) / 100)),
      },
    );
  let best = counterexample;
  let near: Certificate | undefined;
  for (;;) {
    const found = await search(best, near === undefined ? 'near' : 'wide');
    if (found.counterexample !== undefined) {
      best = await shrunkAgain(design, best, found.counterexample, limits);
      near = undefined;
      continue;
    }
    const certificate = certificateOf(found, traceLength(best.trace.ops) - 1);
    if (certificate.proven && near === undefined) near = certificate;
    else return { ...best, certificate: widest(near, certificate) };
  }
}

/** What is proven for near bounds stays, with what is not for wide ones. */
function widest(near: Certificate | undefined, last: Certificate): Certificate {
  if (last.proven || near === undefined) return last;
  return { ...near, reason: `${last.bounds}: ${last.reason ?? ''}` };
}

/** A shorter sequence with the same failure, as simple as it can be. */
async function shrunkAgain(
  design: Design,
  before: Counterexample,
  { trace, failure }: Counterexample,
  { signal }: CertifyLimits,
): Promise<Counterexample> {
  const shrunk = await counterexampleOf(
    modelSubject(design),
    { trace, failure },
    () => signal?.aborted === true,
  );
  return { ...shrunk, foundWith: before.foundWith, shrinkRuns: before.shrinkRuns + shrunk.shrinkRuns };
}

/** The verdict on a design with its counterexample certified, if it has one. */
export async function certifyVerdict(
  design: Design,
  verdict: Verdict,
  limits: CertifyLimits,
): Promise<Verdict> {
  const { counterexample } = verdict;
  if (counterexample === undefined) return verdict;
  return { ...verdict, counterexample: await certify(design, counterexample, limits) };
}
