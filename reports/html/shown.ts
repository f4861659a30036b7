import type { ReportCounterexample } from '../json/schema.js';
import type { Catalogue } from '../results/catalogue.js';
import type { EvidenceJson } from '../results/evidence.js';
import type { Result } from '../results/schema.js';
import type { PageData, SourcedResult } from './page-data.js';

type Kind = Result['kind'];

/** The results of one kind, with the files that they come from. */
export function ofKind<K extends Kind>(
  { results }: PageData,
  kind: K,
): readonly { readonly source: string; readonly result: Extract<Result, { kind: K }> }[] {
  return results.filter(
    (each): each is SourcedResult & { result: Extract<Result, { kind: K }> } => each.result.kind === kind,
  );
}

/** A counterexample, with all that there is about it. */
export interface Shown {
  readonly system: string;
  readonly example: ReportCounterexample;
  readonly evidence?: EvidenceJson;
  /** Id of the finding, when it is a known defect of a kernel. */
  readonly known?: string;
  readonly from: SourcedResult;
}

/** Every counterexample of the report: failures first, known findings after them. */
export function counterexamples(data: PageData): Shown[] {
  const all: Shown[] = [];
  for (const from of data.results) {
    const { result } = from;
    if (result.kind !== 'check' && result.kind !== 'exploration') continue;
    const add = (system: string, example: ReportCounterexample, known?: string): void => {
      const evidence = result.evidence.find(({ token }) => token === example.token);
      all.push({
        system,
        example,
        from,
        ...(evidence && { evidence }),
        ...(known === undefined ? {} : { known }),
      });
    };
    if (result.kind === 'exploration') {
      if (result.counterexample !== undefined) add(result.design, result.counterexample);
      continue;
    }
    for (const { system, counterexample, further, findings } of result.report.verdicts) {
      if (counterexample !== undefined) add(system, counterexample);
      for (const each of further) add(system, each);
      for (const each of findings) add(system, each.counterexample, each.id);
    }
  }
  return all.sort((a, b) => Number(a.known !== undefined) - Number(b.known !== undefined));
}

type Point = Catalogue['variationPoints'][number];

/** The words for ids, from every result that brings some; the first that has an id counts. */
export function catalogueOf({ results }: PageData): Catalogue {
  const merged: Catalogue = {
    designs: [],
    invariants: [],
    variationPoints: [],
    findings: [],
    operations: [],
  };
  const add = <T extends { id: string }>(into: T[], from: readonly T[]): void => {
    for (const each of from) if (!into.some(({ id }) => id === each.id)) into.push(each);
  };
  for (const { result } of results) {
    if (!('catalogue' in result)) continue;
    add(merged.designs, result.catalogue.designs);
    add(merged.invariants, result.catalogue.invariants);
    add<Point>(merged.variationPoints, result.catalogue.variationPoints);
    add<Point>(merged.findings, result.catalogue.findings);
    add(merged.operations, result.catalogue.operations);
  }
  return merged;
}

/** How one System came to be judged by one rule. */
export type Mark = 'held' | 'failed' | 'until' | 'vacuous' | 'not-asked' | 'unseen' | 'not-run';

/** A column of the verdict: one System as one result judged it. */
export interface Column {
  readonly system: string;
  /** How it was searched, in short. */
  readonly how: string;
  readonly outcome: string;
  /** Within what: sequences, or bounds. */
  readonly within: string;
  readonly reason?: string;
  readonly from: SourcedResult;
  mark(rule: string): { readonly mark: Mark; readonly looked?: number; readonly token?: string };
}

const SPEC = 'spec';

function markOf(
  rule: string,
  outcome: string,
  invariants: Readonly<Record<string, number>>,
  examples: readonly ReportCounterexample[],
  looked: number,
): ReturnType<Column['mark']> {
  if (outcome === 'not-run') return { mark: 'not-run' };
  const broken = examples.find(({ failure }) => failure.rule === rule);
  if (broken !== undefined) return { mark: 'failed', token: broken.token };
  const kernel = Object.keys(invariants).length === 0;
  if (rule === SPEC) return { mark: outcome === 'passed' || kernel ? 'held' : 'until', looked };
  if (kernel) return { mark: 'unseen' };
  const times = invariants[rule];
  if (times === undefined) return { mark: 'not-asked' };
  if (times === 0) return { mark: 'vacuous', looked: 0 };
  return { mark: outcome === 'failed' ? 'until' : 'held', looked: times };
}

const whole = (value: number): string => value.toLocaleString('en-US');

/** Every System that was judged, in the order of the results. */
export function columns(data: PageData): Column[] {
  return data.results.flatMap((from): Column[] => {
    const { result } = from;
    if (result.kind === 'check')
      return result.report.verdicts.map((verdict) => {
        const { system, outcome, invariants, counterexample, further, operations, sequences } = verdict;
        const examples = [...(counterexample === undefined ? [] : [counterexample]), ...further];
        const reason = verdict.reason ?? verdict.incomplete;
        return {
          system,
          how: `random, seed ${verdict.seed}`,
          outcome,
          within: sequences === 1 ? '1 sequence' : `${whole(sequences)} sequences`,
          ...(reason === undefined ? {} : { reason }),
          from,
          mark: (rule) => markOf(rule, outcome, invariants, examples, operations),
        };
      });
    if (result.kind !== 'exploration') return [];
    const { design, against, bounds, outcome, invariants, counterexample, transitions, states } = result;
    const examples = counterexample === undefined ? [] : [counterexample];
    return [
      {
        system: against === SPEC ? design : `${design} against ${against}`,
        how: result.closed ? 'every sequence, of any length' : `every sequence of ${result.depth} operations`,
        outcome,
        within: `bounds ${bounds}, ${whole(states)} states`,
        ...(result.cut === undefined ? {} : { reason: result.cut }),
        from,
        mark: (rule) => markOf(rule, outcome, invariants, examples, transitions),
      },
    ];
  });
}

/** The worst of what there is: one look tells the state. */
export function overall(data: PageData): 'failed' | 'interrupted' | 'not-run' | 'passed' {
  const outcomes = data.results.flatMap(({ result }): string[] => {
    switch (result.kind) {
      case 'check':
        return [result.report.outcome];
      case 'exploration':
      case 'race':
        return [result.outcome];
      case 'kernels':
        return result.kernels.map(({ outcome }) => outcome);
      case 'mutants':
        return [
          ...result.mutants.map(({ outcome }) => (outcome === 'survived' ? 'failed' : 'passed')),
          ...result.intended.map(({ outcome }) => outcome),
        ];
      default:
        return [];
    }
  });
  for (const each of ['failed', 'interrupted', 'not-run'] as const) if (outcomes.includes(each)) return each;
  return outcomes.length === 0 ? 'not-run' : 'passed';
}
