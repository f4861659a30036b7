import { OP_NAMES } from '../../model/alphabet/operations.js';
import type { Verdict } from '../../model/verdict.js';
import { effectiveShare, type Outcome, vacuousInvariants } from '../outcome.js';
import { clip, type Line, line, paragraph, type Span, span, type Tone } from './text.js';

/** A whole number with commas between thousands. */
export const thousands = (value: number): string => value.toLocaleString('en-US');

const OUTCOME: Readonly<Record<Verdict['outcome'], readonly [string, Tone]>> = {
  passed: ['passed', 'good'],
  failed: ['FAILED', 'bad'],
  'not-run': ['NOT RUN', 'warn'],
};

const SYSTEM = 24;
const COLUMNS = [11, 12, 11, 12];

function row(system: string, cells: readonly string[], last: Span): Line {
  const padded = cells.map((cell, i) => cell.padStart(COLUMNS[i])).join('');
  return [span(clip(system, SYSTEM - 1).padEnd(SYSTEM)), span(`${padded}  `), last];
}

function verdictRow(verdict: Verdict): Line {
  const { counts, outcome, system } = verdict;
  const cells =
    outcome === 'not-run' && counts.sequences === 0
      ? ['-', '-', '-', '-']
      : [
          thousands(counts.sequences),
          thousands(counts.operations),
          `${(100 * effectiveShare(verdict)).toFixed(1)} %`,
          thousands(counts.unobserved),
        ];
  return row(system, cells, span(...OUTCOME[outcome]));
}

/** `mmap 4,021, load 3,077`: the kinds of operations with a count, most first. */
function countedKinds(counts: readonly number[]): string {
  return counts
    .map((count, kind) => [count, OP_NAMES[kind]] as const)
    .filter(([count]) => count > 0)
    .sort(([a], [b]) => b - a)
    .map(([count, name]) => `${name} ${thousands(count)}`)
    .join(', ');
}

/** A known defect that showed: no counterexample, but never passed over in silence. */
function findingLines({ system, counts, findings = [] }: Verdict): Line[] {
  return findings.flatMap(({ id, text, sequences, counterexample }) => [
    ...paragraph(
      [span(`${system}: `, 'warn')],
      `known finding ${id} in ${thousands(sequences)} of ${thousands(counts.sequences)} sequences: ${text}`,
    ),
    line(`  npx mapahead replay ${counterexample.token}`),
  ]);
}

function remarks(verdict: Verdict): Line[] {
  const { counts, system } = verdict;
  const lines: Line[] = [];
  const remark = (text: string, tone: Tone): void => {
    lines.push(...paragraph([span(`${system}: `, tone)], text));
  };
  if (verdict.outcome === 'not-run') {
    remark(`NOT RUN: ${verdict.reason ?? 'no reason is known'}`, 'warn');
    if (counts.sequences === 0) return lines;
  }
  if (verdict.incomplete !== undefined) remark(`incomplete: ${verdict.incomplete}`, 'warn');
  // A search that ended at its first counterexample has hardly begun to look, and one trace is no search.
  const searched = verdict.outcome === 'passed' && counts.sequences > 1;
  const vacuous = searched ? vacuousInvariants(verdict) : [];
  if (vacuous.length > 0) remark(`vacuous, never looked at: ${vacuous.join(', ')}`, 'warn');
  if (counts.cut > 0) remark(`${thousands(counts.cut)} sequences ended early`, 'faint');
  const unobserved = countedKinds(counts.unobservedPerOp ?? []);
  if (unobserved !== '') remark(`not possible here, passed over: ${unobserved}`, 'faint');
  return [...lines, ...findingLines(verdict)];
}

const CELLS = 3;

const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** How often each operation was asked for, and the share of successes: of kernels it says how far the agreement reaches. */
export function operationLines({ system, counts }: Verdict): Line[] {
  const cells = counts.perOp
    .map(([done, ok], kind) => ({ done, ok, name: OP_NAMES[kind] }))
    .filter(({ done }) => done > 0)
    .map(
      ({ done, ok, name }) => name.padEnd(12) + thousands(done).padStart(9) + percent(ok / done).padStart(5),
    );
  if (cells.length === 0) return [];
  const rows = Array.from({ length: Math.ceil(cells.length / CELLS) }, (_, i) =>
    line(cells.slice(i * CELLS, (i + 1) * CELLS).join(' ')),
  );
  return [line(`operations on ${system}, and how many of them succeeded:`, 'faint'), ...rows];
}

/** The table of all Systems, and what is to be said of each. */
export function summaryLines(verdicts: readonly Verdict[]): Line[] {
  const header = row('system', ['sequences', 'operations', 'effective', 'unobserved'], span('verdict'));
  const said = verdicts.flatMap(remarks);
  return [
    header.map(({ text }) => span(text, 'faint')),
    ...verdicts.map(verdictRow),
    ...(said.length === 0 ? [] : [line(), ...said]),
  ];
}

const FINAL: Readonly<Record<Outcome, readonly [string, Tone]>> = {
  passed: ['PASSED', 'good'],
  failed: ['FAILED', 'bad'],
  'not-run': ['COULD NOT CHECK', 'warn'],
  interrupted: ['INTERRUPTED', 'warn'],
};

/**
 * The end of a run: its outcome in one sentence.
 * @param seconds how long it took
 */
export function finalLines(outcome: Outcome, verdicts: readonly Verdict[], seconds: number): Line[] {
  const [word, tone] = FINAL[outcome];
  const by = (wanted: Verdict['outcome']): string[] =>
    verdicts.filter((each) => each.outcome === wanted).map(({ system }) => system);
  const parts = (['failed', 'passed', 'not-run'] as const)
    .filter((each) => by(each).length > 0)
    .map((each) => `${by(each).join(', ')} ${each.replace('-', ' ')}`);
  const findings = verdicts.reduce((sum, { findings = [] }) => sum + findings.length, 0);
  if (findings > 0) parts.push(`known findings met: ${findings}`);
  const operations = verdicts.reduce((sum, { counts }) => sum + counts.operations, 0);
  parts.push(`${thousands(operations)} operations in ${seconds.toFixed(1)} s`);
  return paragraph([span(`${word}  `, tone)], parts.join('; '));
}
