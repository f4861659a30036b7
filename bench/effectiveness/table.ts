import { QUANTILES, quantile, type Ratio, type Results, ratios } from './results.js';

const count = (value: number, cap: number): string =>
  Number.isFinite(value) ? value.toLocaleString('en-US') : `> ${cap.toLocaleString('en-US')}`;

function ratioLine(own: string, tasks: number, { strategy, median, givenUp }: Ratio): string {
  const least = givenUp > 0 ? `, at least: in ${givenUp} of ${tasks} tasks it was given up` : '';
  return `- On the median task \`${strategy}\` takes ${median.toFixed(1)} times the operations of \`${own}\`${least}.`;
}

/** The results as a table in Markdown. */
export function markdownOf(results: Results): string {
  const { strategies, tasks, seeds, cap, planned } = results;
  const head = strategies.flatMap((strategy) => [`${strategy}, median`, '95 %']);
  const rows = tasks.map(({ id, cells }) => {
    const numbers = cells.flatMap((cell) => QUANTILES.map((share) => count(quantile(cell, share), cap)));
    return `| ${id} | ${numbers.join(' | ')} |`;
  });
  const left = planned - tasks.length;
  return [
    `Operations up to the first failure, ${seeds} seeds a task, given up after ${cap.toLocaleString('en-US')}.`,
    ...(left > 0 ? ['', `INCOMPLETE: ${left} of ${planned} tasks were not done.`] : []),
    '',
    `| task | ${head.join(' | ')} |`,
    `|---|${head.map(() => '---:').join('|')}|`,
    ...rows,
    '',
    ...(tasks.length === 0
      ? []
      : ratios(results).map((ratio) => ratioLine(strategies[0], tasks.length, ratio))),
    '',
  ].join('\n');
}
