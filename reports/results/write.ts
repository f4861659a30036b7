import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { Allowed } from '../../model/alphabet/specification.js';
import type { RowChanges } from '../../model/state-rows.js';
import { observationToJson } from '../../model/trace/observation-json.js';
import { VERSION } from '../../model/trace/version.js';
import type { Counterexample, Verdict } from '../../model/verdict.js';
import { counterexampleToJson, reportToJson } from '../json/report.js';
import type { Outcome } from '../outcome.js';
import type { ShownExploration } from '../terminal/exploration.js';
import { RESULT_FORMAT, RESULT_FORMAT_VERSION } from './about.js';
import type { Catalogue } from './catalogue.js';
import type { CheckResult } from './check.js';
import type { EvidenceJson } from './evidence.js';
import type { ExplorationResult } from './exploration.js';

/** When a run began, how long it took, and the command line that makes it again. */
export interface RunAbout {
  readonly started: Date;
  readonly seconds: number;
  readonly command: string;
}

/** What every result says about itself. */
export function aboutRun({ started, seconds, command }: RunAbout) {
  return {
    format: RESULT_FORMAT,
    version: RESULT_FORMAT_VERSION,
    madeBy: VERSION,
    command,
    started: started.toISOString(),
    seconds,
  } as const;
}

/** A counterexample with what else there is to show of it. */
export interface Shown {
  readonly example: Counterexample;
  readonly allowed: readonly (readonly Allowed[])[];
  readonly changes?: readonly RowChanges[];
  readonly drawnFrom?: string;
  /** Verdicts on the same trace of other Systems. */
  readonly beside: readonly Verdict[];
  readonly reproducers?: { readonly c?: string; readonly kselftest?: string; readonly syz?: string };
}

function besideToJson(example: Counterexample, verdict: Verdict): EvidenceJson['beside'][number] {
  const { system, outcome, reason, counterexample, observed } = verdict;
  const seen = counterexample?.observations ?? observed ?? [];
  return {
    system,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    observations: seen.map((obs, step) => observationToJson(example.trace.ops[step * OP_WIDTH], obs)),
    ...(counterexample === undefined ? {} : { failure: counterexampleToJson(counterexample).failure }),
  };
}

function evidenceToJson({ example, allowed, changes, drawnFrom, beside, reproducers }: Shown): EvidenceJson {
  return {
    token: example.token,
    allowed: allowed.map((each, step) =>
      each.map(({ obs, rule }) => ({
        observation: observationToJson(example.trace.ops[step * OP_WIDTH], obs),
        rule,
      })),
    ),
    ...(changes === undefined
      ? {}
      : { changes: changes.map(({ set, gone }) => ({ set: { ...set }, gone: [...gone] })) }),
    ...(drawnFrom === undefined ? {} : { drawnFrom }),
    beside: beside.map((verdict) => besideToJson(example, verdict)),
    ...(reproducers === undefined ? {} : { reproducers }),
  };
}

/** What `mapahead check` came to. */
export function checkToResult(
  about: RunAbout,
  seed: number,
  catalogue: Catalogue,
  outcome: Outcome,
  verdicts: readonly Verdict[],
  notes: readonly string[],
  shown: readonly Shown[],
): CheckResult {
  return {
    ...aboutRun(about),
    kind: 'check',
    seed,
    catalogue,
    report: reportToJson(outcome, verdicts, about.seconds, notes),
    evidence: shown.map(evidenceToJson),
  };
}

/** What `mapahead explore` came to. */
export function explorationToResult(
  about: RunAbout,
  catalogue: Catalogue,
  outcome: Outcome,
  exploration: ShownExploration & { readonly levels: readonly number[] },
  shown: readonly Shown[],
): ExplorationResult {
  const { counterexample, differences, sometimes, cut } = exploration;
  return {
    ...aboutRun(about),
    kind: 'exploration',
    catalogue,
    outcome,
    design: exploration.design,
    against: exploration.against,
    bounds: exploration.bounds,
    operations: exploration.operations,
    renamings: exploration.renamings,
    closed: exploration.closed,
    ...(cut === undefined ? {} : { cut }),
    states: exploration.states,
    left: exploration.left,
    transitions: exploration.transitions,
    skipped: exploration.skipped,
    depth: exploration.depth,
    levels: [...exploration.levels],
    notFollowed: { ...exploration.notFollowed },
    outcomes: [...exploration.outcomes],
    invariants: { ...exploration.invariants },
    sometimes: sometimes.map(({ id, text, token }) => ({
      id,
      text,
      ...(token === undefined ? {} : { token }),
    })),
    differences: differences.map(({ op, outcomes, what, either, points, count, token }) => ({
      op,
      outcomes: [...outcomes],
      what,
      either,
      points: [...points],
      count,
      token,
    })),
    ...(counterexample === undefined ? {} : { counterexample: counterexampleToJson(counterexample) }),
    evidence: shown.map(evidenceToJson),
  };
}
