import { thousands } from '../../html/words.js';
import { Scroll } from './scroll.js';

const HEIGHT = 20;
const LEFT = 260;
const WIDTH = 420;
const RIGHT = 90;
const LETTERS = 36;

/** Values as bars, each with its number: the picture is the table. */
export function Bars({
  label,
  bars,
  logarithmic = false,
}: {
  label: string;
  bars: readonly { readonly name: string; readonly value: number }[];
  logarithmic?: boolean;
}) {
  const size = (value: number): number => (logarithmic ? Math.log10(1 + value) : value);
  const most = Math.max(1e-9, ...bars.map(({ value }) => size(value)));
  const height = bars.length * HEIGHT + 4;
  const text = bars.map(({ name, value }) => `${name}: ${thousands(value)}`).join('; ');
  return (
    <Scroll label={label}>
      <svg
        class="bars"
        width={LEFT + WIDTH + RIGHT}
        height={height}
        viewBox={`0 0 ${LEFT + WIDTH + RIGHT} ${height}`}
        role="img"
        aria-label={`${label}: ${text}`}
      >
        {bars.map(({ name, value }, i) => (
          <g key={name}>
            <text x={LEFT - 8} y={i * HEIGHT + 15} text-anchor="end">
              {name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name}
            </text>
            <rect
              x={LEFT}
              y={i * HEIGHT + 3}
              width={Math.max(1, (WIDTH * size(value)) / most)}
              height={HEIGHT - 6}
            />
            <text x={LEFT + Math.max(1, (WIDTH * size(value)) / most) + 6} y={i * HEIGHT + 15}>
              {thousands(value)}
            </text>
          </g>
        ))}
      </svg>
    </Scroll>
  );
}
