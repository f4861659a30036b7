import { printable } from '../../model/trace/printable.js';
import type { PageData } from '../html/page-data.js';
import { type Case, casesOf } from './cases.js';

/** A description must not begin a directive, or end early. */
const plain = (text: string): string => printable(text).replace(/[\\#]/g, (character) => `\\${character}`);

function lines({ suite, name, outcome, rule, text, repeat }: Case, i: number): string[] {
  const title = `${i + 1} - ${plain(`${suite}: ${name}`)}`;
  if (outcome === 'passed') return [`ok ${title}`];
  if (outcome === 'skipped') return [`ok ${title} # SKIP ${plain(text)}`];
  const field = (key: string, value: string): string => `  ${key}: ${JSON.stringify(printable(value))}`;
  return [
    `not ok ${title}`,
    '  ---',
    field('message', text),
    field('rule', rule),
    field('repeat', repeat),
    '  ...',
  ];
}

/** Everything that was judged, in the Test Anything Protocol, version 14. */
export function tap(data: PageData): string {
  const cases = casesOf(data);
  return `${['TAP version 14', `1..${cases.length}`, ...cases.flatMap(lines)].join('\n')}\n`;
}
