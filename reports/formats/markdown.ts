import { printable } from '../../model/trace/printable.js';
import type { PageData } from '../html/page-data.js';
import { columns, counterexamples, ofKind, overall } from '../html/shown.js';
import { headline, why } from '../html/words.js';
import { casesOf } from './cases.js';

const TITLES = {
  passed: '✅ passed',
  failed: '❌ failed',
  'not-run': '⚠️ not everything was run',
  interrupted: '⚠️ interrupted',
};

/** What Markdown, or HTML within it, would take for more than text. */
const text = (value: string): string =>
  printable(value).replace(/[\\`*_{}[\]<>()#+!|&~@]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A text in a code span: between more backquotes than it holds. */
function code(value: string): string {
  const longest = Math.max(0, ...[...printable(value).matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const inside = printable(value).replaceAll('|', '\\|');
  return longest === 0 ? `${fence}${inside}${fence}` : `${fence} ${inside} ${fence}`;
}

function tableOf(data: PageData): string[] {
  const shown = columns(data);
  if (shown.length === 0) return [];
  const rows = shown.map(({ system, how, within, outcome, reason = '' }) =>
    [system, how, within, outcome.replace('-', ' ').toUpperCase(), reason].map(text).join(' | '),
  );
  return [
    '| system | how | within | verdict | |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ];
}

function missingOf(data: PageData): string[] {
  const kinds = [
    ['check', 'random sequences'],
    ['exploration', 'every sequence within bounds'],
    ['kernels', 'the matrix of kernels'],
    ['race', 'interleavings'],
    ['mutants', 'mutants'],
    ['code-coverage', 'coverage of the code'],
  ] as const;
  const missing = kinds.filter(([kind]) => ofKind(data, kind).length === 0).map(([, name]) => name);
  return missing.length === 0 ? [] : [`**Not run:** ${missing.join(', ')}.`, ''];
}

/** A summary for the page of a CI job. */
export function markdown(data: PageData): string {
  const cases = casesOf(data);
  const count = (outcome: string): number => cases.filter((each) => each.outcome === outcome).length;
  const examples = counterexamples(data).flatMap(({ system, example, known }) => [
    `### ${known === undefined ? '' : `Known finding ${text(known)}: `}${text(`${system} ${headline(example)}`)}`,
    '',
    text(why(example)),
    '',
    `Rule: ${text(example.failure.text)}`,
    '',
    code(`npx mapahead replay ${example.token}`),
    '',
  ]);
  const lines = [
    `## mapahead: ${TITLES[overall(data)]}`,
    '',
    `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} said nothing.`,
    '',
    ...tableOf(data),
    ...missingOf(data),
    ...examples,
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
