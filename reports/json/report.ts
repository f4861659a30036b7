import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OP_NAMES } from '../../model/alphabet/operations.js';
import { observationToJson } from '../../model/trace/observation-json.js';
import { operationsToJson } from '../../model/trace/operation-json.js';
import { VERSION } from '../../model/trace/version.js';
import type { Counterexample, Counts, Verdict } from '../../model/verdict.js';
import type { KernelRecord } from '../conformance/record.js';
import { EXIT_CODE, effectiveShare, type Outcome, vacuousInvariants } from '../outcome.js';
import {
  REPORT_FORMAT,
  REPORT_FORMAT_VERSION,
  type Report,
  type ReportCounterexample,
  type ReportVerdict,
} from './schema.js';

export function counterexampleToJson(example: Counterexample): ReportCounterexample {
  const { trace, failure, observations } = example;
  const kindAt = (step: number): number => trace.ops[step * OP_WIDTH];
  const { allowed = [], explainedBy = [], alarm, ...about } = failure;
  return {
    token: example.token,
    failure: {
      ...about,
      allowed: allowed.map(({ obs, rule }) => ({
        observation: observationToJson(kindAt(failure.step), obs),
        rule,
      })),
      explainedBy: [...explainedBy],
      ...(alarm === undefined ? {} : { alarm: [...alarm] }),
    },
    env: { ...trace.env },
    operations: operationsToJson(trace.ops) as unknown as ReportCounterexample['operations'],
    observations: observations.map((obs, step) => observationToJson(kindAt(step), obs)),
    pictures: (example.pictures ?? []).map((picture) => [...picture]),
    foundWith: example.foundWith,
    shrinkRuns: example.shrinkRuns,
    ...(example.sequences === undefined ? {} : { sequences: example.sequences }),
    ...(example.certificate === undefined ? {} : { certificate: { ...example.certificate } }),
  };
}

function perOperation({ perOp, unobservedPerOp = [] }: Counts): ReportVerdict['perOperation'] {
  const rows = perOp.map(([done, ok], kind) => ({ done, ok, unobserved: unobservedPerOp[kind] ?? 0 }));
  return Object.fromEntries(rows.map((row, kind) => [OP_NAMES[kind], row]));
}

function pairsToJson(pairs: readonly number[]): ReportVerdict['pairs'] {
  const kinds = OP_NAMES.length;
  return pairs.flatMap((count, i) =>
    count === 0 ? [] : [{ first: OP_NAMES[Math.floor(i / kinds)], second: OP_NAMES[i % kinds], count }],
  );
}

function verdictToJson(verdict: Verdict): ReportVerdict {
  const { counts, counterexample, further = [], findings = [], observed: _, ...about } = verdict;
  return {
    ...about,
    sequences: counts.sequences,
    operations: counts.operations,
    skipped: counts.skipped,
    ...(counts.missing === undefined ? {} : { missing: counts.missing }),
    effectiveShare: effectiveShare(verdict),
    unobserved: counts.unobserved,
    cut: counts.cut,
    perOperation: perOperation(counts),
    ...(counts.outcomes === undefined ? {} : { outcomes: [...counts.outcomes] }),
    ...(counts.pairs === undefined ? {} : { pairs: pairsToJson(counts.pairs) }),
    invariants: { ...verdict.invariants },
    vacuous: vacuousInvariants(verdict),
    ...(counterexample === undefined ? {} : { counterexample: counterexampleToJson(counterexample) }),
    further: further.map(counterexampleToJson),
    findings: findings.map((each) => ({
      ...each,
      counterexample: counterexampleToJson(each.counterexample),
    })),
  };
}

/**
 * A whole run as one JSON object: see `reportSchema`.
 * @param seconds how long the run took
 * @param notes what a reader of the verdicts should know, one line each
 * @param kernels what was found out about kernels, where they were compared
 */
export function reportToJson(
  outcome: Outcome,
  verdicts: readonly Verdict[],
  seconds: number,
  notes: readonly string[],
  kernels?: readonly KernelRecord[],
): Report {
  return {
    format: REPORT_FORMAT,
    version: REPORT_FORMAT_VERSION,
    madeBy: VERSION,
    outcome,
    exitCode: EXIT_CODE[outcome],
    seconds,
    notes: [...notes],
    verdicts: verdicts.map(verdictToJson),
    ...(kernels === undefined ? {} : { kernels: [...kernels] }),
  };
}
