import { QUANTILES, quantile, type Results } from './results.js';

const LEFT = 250;
const WIDTH = 620;
const TOP = 70;
const ROW = 26;
const RIGHT = 40;

/** Colours that can be told apart without seeing red from green (Okabe and Ito); shapes say the same. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#d55e00'];
const SHAPES = [
  'M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0',
  'M-4,-4h8v8h-8z',
  'M0,-5L5,4H-5z',
  'M-5,0L0,-5L5,0L0,5z',
];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Median and 95th percentile of every task and strategy, on a logarithmic scale, as SVG. */
export function svgOf({ strategies, tasks, seeds, cap }: Results): string {
  const height = TOP + tasks.length * ROW + 50;
  const decades = Math.ceil(Math.log10(cap));
  const at = (operations: number): number =>
    LEFT + (WIDTH * Math.log10(Math.max(1, Math.min(operations, cap)))) / Math.log10(cap);
  const shape = (i: number, x: number, y: number, hollow: boolean): string =>
    `<path transform="translate(${x.toFixed(1)},${y.toFixed(1)})" d="${SHAPES[i % SHAPES.length]}" fill="${hollow ? 'white' : COLOURS[i % COLOURS.length]}" stroke="${COLOURS[i % COLOURS.length]}"/>`;
  const legend = strategies.map((id, i) => {
    const x = LEFT + i * 150;
    return `${shape(i, x, 44, false)}<text x="${x + 10}" y="48">${escaped(id)}</text>`;
  });
  const axis = Array.from({ length: decades + 1 }, (_, i) => Math.min(10 ** i, cap)).map((value) => {
    const x = at(value).toFixed(1);
    const label = value === cap ? 'given up' : value.toLocaleString('en-US');
    return `<line x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${height - 40}" stroke="#dddddd"/><text x="${x}" y="${height - 22}" text-anchor="middle">${label}</text>`;
  });
  const rows = tasks.map(({ id, cells }, row) => {
    const y = TOP + row * ROW + ROW / 2;
    const marks = cells.map((cell, i) => {
      const [middle, most] = QUANTILES.map((share) => quantile(cell, share));
      const line = y + (i - (strategies.length - 1) / 2) * 5;
      return `<line x1="${at(middle).toFixed(1)}" x2="${at(most).toFixed(1)}" y1="${line.toFixed(1)}" y2="${line.toFixed(1)}" stroke="${COLOURS[i % COLOURS.length]}"/>${shape(i, at(middle), line, !Number.isFinite(middle))}`;
    });
    return `<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end">${escaped(id)}</text>${marks.join('')}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + WIDTH + RIGHT}" height="${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="10" y="20" font-size="15">Operations to the first failure: median, and line to the 95th percentile; ${seeds} seeds</text>
${[...legend, ...axis, ...rows].join('\n')}
</svg>
`;
}
