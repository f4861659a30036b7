import { VERSION } from '../../model/trace/version.js';
import type { Result } from '../results/schema.js';
import { HISTORY_FORMAT, HISTORY_FORMAT_VERSION, type HistoryPoint } from './history.js';
import type { PageData, SourcedResult } from './page-data.js';
import { ofKind, overall } from './shown.js';

const perSecond = (count: number, seconds: number): number => Math.round(count / Math.max(seconds, 0.001));

function systemsOf(data: PageData): HistoryPoint['systems'] {
  return ofKind(data, 'check').flatMap(({ result: { report } }) => {
    // One clock runs for all Systems of a check: each gets the share of its operations.
    const all = report.verdicts.reduce((sum, { operations }) => sum + operations, 0);
    const speed = perSecond(all, report.seconds);
    return report.verdicts.map(({ system, outcome, operations }) => ({
      system,
      outcome,
      operations,
      perSecond: operations === 0 ? 0 : speed,
    }));
  });
}

function reachedOf(data: PageData): Pick<HistoryPoint, 'reached'> {
  const seen = new Set<string>();
  for (const { result } of ofKind(data, 'check'))
    for (const { outcomes = [] } of result.report.verdicts)
      for (const { op, outcome } of outcomes) seen.add(`${op} ${outcome}`);
  return seen.size === 0 ? {} : { reached: seen.size };
}

function mutantsOf(data: PageData): Pick<HistoryPoint, 'mutants'> {
  const mutants = ofKind(data, 'mutants').flatMap(({ result }) => result.mutants);
  const count = (outcome: string): number => mutants.filter((each) => each.outcome === outcome).length;
  if (mutants.length === 0) return {};
  return { mutants: { killed: count('killed'), survived: count('survived'), notRun: count('not-run') } };
}

function coverageOf(data: PageData): Pick<HistoryPoint, 'functions' | 'branches'> {
  const files = ofKind(data, 'code-coverage').flatMap(({ result }) => result.files);
  if (files.length === 0) return {};
  const share = (kind: 'functions' | 'branches'): number => {
    const total = files.reduce((sum, file) => sum + file[kind].total, 0);
    return total === 0 ? 1 : files.reduce((sum, file) => sum + file[kind].covered, 0) / total;
  };
  return { functions: share('functions'), branches: share('branches') };
}

const startOf = ({ started }: Result): string => started;

/**
 * What a history keeps of a run.
 * @param results at least one
 * @param revision of the sources that were checked
 */
export function pointOf(results: readonly SourcedResult[], revision: string | undefined): HistoryPoint {
  const at =
    results
      .map(({ result }) => startOf(result))
      .sort()
      .at(-1) ?? '';
  const data: PageData = { madeBy: VERSION, at, results, history: [], commands: [] };
  return {
    format: HISTORY_FORMAT,
    version: HISTORY_FORMAT_VERSION,
    madeBy: VERSION,
    at,
    ...(revision === undefined ? {} : { revision }),
    outcome: overall(data),
    systems: systemsOf(data),
    explorations: ofKind(data, 'exploration').map(({ result }) => ({
      design: result.design,
      bounds: result.bounds,
      states: result.states,
      closed: result.closed,
      perSecond: perSecond(result.transitions, result.seconds),
    })),
    ...reachedOf(data),
    ...mutantsOf(data),
    ...coverageOf(data),
  };
}
