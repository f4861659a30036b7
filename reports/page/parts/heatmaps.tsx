import { thousands } from '../../html/words.js';
import type { ReportVerdict } from '../../json/schema.js';
import { type Cell, cellsOf, type Reached } from '../reached.js';
import { Scroll } from './scroll.js';

const SHADES = 5;

/** How dark a count is, from 1 to `SHADES`, by its magnitude. */
const shade = (count: number, most: number): number =>
  count === 0 ? 0 : Math.max(1, Math.ceil((SHADES * Math.log10(1 + count)) / Math.log10(1 + most)));

function Square({
  cell,
  reached,
  most,
}: {
  cell: Cell | undefined;
  reached: readonly Reached[];
  most: number;
}) {
  if (cell === undefined) return <td class="heat" />;
  const text = reached.map(({ name }, i) => `${name}: ${thousands(cell.counts[i])}`).join('; ');
  return (
    <td class="heat" title={`${cell.op} ${cell.outcome}. ${text}`}>
      <span class="stripes" aria-hidden="true">
        {cell.counts.map((count, i) => (
          <span key={i} class={`shade${shade(count, most)}`} />
        ))}
      </span>
      <span class="heard">{cell.counts.map(thousands).join(', ')}</span>
    </td>
  );
}

/** Operations down, outcomes across, the common ones first. */
export function OutcomeHeatmap({ reached }: { reached: readonly Reached[] }) {
  const cells = cellsOf(reached);
  const all = [...cells.values()];
  const ops = [...new Set(all.map(({ op }) => op))].sort();
  const total = (outcome: string): number => all.filter((cell) => cell.outcome === outcome).length;
  const outcomes = [...new Set(all.map(({ outcome }) => outcome))].sort((a, b) => total(b) - total(a));
  const most = Math.max(1, ...all.flatMap(({ counts }) => counts));
  return (
    <Scroll label="Operations by outcomes">
      <table class="heatmap">
        <thead>
          <tr>
            <th scope="col">operation</th>
            {outcomes.map((outcome) => (
              <th key={outcome} scope="col" class="tall">
                <span>{outcome}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ops.map((op) => (
            <tr key={op}>
              <th scope="row">
                <code>{op}</code>
              </th>
              {outcomes.map((outcome) => (
                <Square key={outcome} cell={cells.get(`${op} ${outcome}`)} reached={reached} most={most} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const SIDE = 11;
const NAMES = 92;

/** Which operation came right after which, neither of them skipped. */
export function PairHeatmap({
  system,
  pairs,
}: {
  system: string;
  pairs: NonNullable<ReportVerdict['pairs']>;
}) {
  const names = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))].sort();
  const at = new Map(names.map((name, i) => [name, i]));
  const most = Math.max(1, ...pairs.map(({ count }) => count));
  const possible = names.length * names.length;
  const size = NAMES + names.length * SIDE;
  return (
    <details>
      <summary>
        Pairs of operations on {system}: {thousands(pairs.length)} of {thousands(possible)} were seen
      </summary>
      <Scroll label={`Pairs of operations on ${system}`}>
        <svg
          class="pairs"
          width={size}
          height={size}
          viewBox={`0 0 ${size} ${size}`}
          role="img"
          aria-label={`${pairs.length} of ${possible} pairs of operations were seen on ${system}`}
        >
          {names.map((name, i) => (
            <g key={name}>
              <text x={NAMES - 4} y={NAMES + i * SIDE + 9} text-anchor="end">
                {name}
              </text>
              <text transform={`translate(${NAMES + i * SIDE + 9} ${NAMES - 4}) rotate(-90)`}>{name}</text>
            </g>
          ))}
          {pairs.map(({ first, second, count }) => (
            <rect
              key={`${first} ${second}`}
              class={`shade${shade(count, most)}`}
              x={NAMES + (at.get(second) ?? 0) * SIDE}
              y={NAMES + (at.get(first) ?? 0) * SIDE}
              width={SIDE - 1}
              height={SIDE - 1}
            >
              <title>
                {first}, then {second}: {thousands(count)}
              </title>
            </rect>
          ))}
        </svg>
      </Scroll>
    </details>
  );
}
