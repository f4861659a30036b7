import type { PageData } from '../html/page-data.js';
import { ofKind, overall } from '../html/shown.js';
import { xml } from './xml.js';

/** Width of a character at this size, about; texts are set to the width that is meant. */
const LETTER = 6.6;
const PADDING = 12;

const COLOURS = { good: '#116329', bad: '#b3121f', unknown: '#5c6570' };

function svg(label: string, value: string, colour: string): string {
  const [left, right] = [label, value].map((text) => Math.ceil(text.length * LETTER) + PADDING);
  const text = (words: string, x: number, width: number): string =>
    `<text x="${x + width / 2}" y="14" text-anchor="middle" textLength="${width - PADDING}">${xml(words)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${xml(`${label}: ${value}`)}">
<title>${xml(`${label}: ${value}`)}</title>
<rect width="${left}" height="20" fill="#343a42"/>
<rect x="${left}" width="${right}" height="20" fill="${colour}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${text(label, 0, left)}${text(value, left, right)}</g>
</svg>
`;
}

/** The share of branches that the tests took, as a badge; without coverage it says so. */
export function coverageBadge(data: PageData): string {
  const files = ofKind(data, 'code-coverage').flatMap(({ result }) => result.files);
  const total = files.reduce((sum, { branches }) => sum + branches.total, 0);
  if (total === 0) return svg('coverage', 'not run', COLOURS.unknown);
  const share = files.reduce((sum, { branches }) => sum + branches.covered, 0) / total;
  // Rounded down: 100 % is said of 100 % only.
  return svg('branches', `${Math.floor(100 * share)} %`, share >= 0.95 ? COLOURS.good : COLOURS.bad);
}

/** The verdict as a badge. */
export function verdictBadge(data: PageData): string {
  const state = overall(data);
  const colour = {
    passed: COLOURS.good,
    failed: COLOURS.bad,
    'not-run': COLOURS.unknown,
    interrupted: COLOURS.unknown,
  };
  return svg('mapahead', state.replace('-', ' '), colour[state]);
}
