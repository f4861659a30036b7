import { type Trace, traceLength } from '../model/alphabet/trace.js';
import { MUTANTS } from '../model/mutants/index.js';
import { encodeToken } from '../model/trace/token.js';
import type { Counterexample } from '../model/verdict.js';
import { certify } from '../properties/certify/certify.js';
import { modelSubject } from '../properties/checkers/model-subject.js';
import { replayOnDesign } from '../properties/checkers/replay.js';
import { TraceRunner } from '../properties/checkers/run-trace.js';
import { traceKey } from '../shrinkers/candidates.js';
import { isSimpler } from '../shrinkers/order.js';
import { shrink } from '../shrinkers/shrink.js';
import { type Group, groupsOf, type ShrunkOnce } from './shrink-results.js';

const GOAL_SHARE = 0.99;
const GOAL_RUNS = 300;
const BYTES = 2e9;

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(2)} %`;
const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** What a group's finds are held against. */
interface Judged {
  readonly group: Group;
  readonly least: Trace;
  readonly certified: Counterexample;
}

async function judged(group: Group, timeMs: number): Promise<Judged> {
  const design = MUTANTS.find(({ id }) => id === group.id)?.design;
  if (design === undefined) throw new Error(`there is no mutant ${group.id}`);
  const { counterexample } = replayOnDesign(design, group.simplest);
  if (counterexample === undefined) throw new Error(`${group.id} passes its counterexample`);
  const certified = await certify(design, counterexample, { timeMs, bytes: BYTES });
  // What the search found may be shrunk once more, beside the simplest of the finds.
  const { trace } = shrink(certified, new TraceRunner(modelSubject(design)).fails);
  return { group, least: isSimpler(trace, group.simplest) ? trace : group.simplest, certified };
}

/** The report, line by line as it is worked out. */
export async function* reportLines(results: readonly ShrunkOnce[], timeMs: number): AsyncGenerator<string> {
  const groups = groupsOf(results);
  const all: Judged[] = [];
  const sums = { finds: 0, length: 0, operands: 0, proven: 0, wide: 0 };
  for (const group of groups) {
    const one = await judged(group, timeMs);
    all.push(one);
    const { least, certified } = one;
    const { finds } = group;
    const shortest = finds.filter(({ length }) => length === traceLength(least.ops)).length;
    const simplest = finds.filter(({ trace }) => traceKey(trace) === traceKey(least)).length;
    const proven = certified.certificate?.proven === true;
    sums.finds += finds.length;
    sums.length += shortest;
    sums.operands += simplest;
    if (proven) sums.proven += finds.length;
    if (proven && certified.certificate?.bounds.startsWith('wide') === true) sums.wide += finds.length;
    const runs = quantile(
      finds.map((each) => each.runs),
      0.5,
    );
    const bounds = proven ? certified.certificate?.bounds.split(' ')[0] : 'NOT PROVEN';
    yield `${group.id}: ${traceLength(least.ops)} operations (${bounds}); of ${finds.length} finds ${shortest} as short, ${simplest} the same; ${runs} executions; ${group.failure}`;
    if (simplest < finds.length) yield `  ${encodeToken(group.id, least)}`;
  }
  const runs = groups.flatMap(({ finds }) => finds.map((each) => each.runs));
  const median = quantile(runs, 0.5);
  const { finds, length, operands, proven, wide } = sums;
  yield '';
  yield `${new Set(results.map(({ id }) => id)).size} mutants, ${finds} finds of ${results.length} searches, ${groups.length} different failures.`;
  yield `Proven shortest: for ${percent(proven, finds)} of the finds within bounds around them, for ${percent(wide, finds)} within wide ones.`;
  yield `Reach the least length: ${percent(length, finds)}; least length and simplest operands: ${percent(operands, finds)}, goal ${100 * GOAL_SHARE} % ${verdict(operands / finds >= GOAL_SHARE)}.`;
  yield `Executions: median ${median}, goal ${GOAL_RUNS} ${verdict(median <= GOAL_RUNS)}; 95th percentile ${quantile(runs, 0.95)}.`;
  yield 'Simplest is what no seed came below, and what shrinking what a certificate found comes to: it is not proven.';
}
