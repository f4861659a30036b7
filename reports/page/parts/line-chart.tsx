import { Scroll } from './scroll.js';

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 86;
const TOP = 12;
const BOTTOM = 26;
const RIGHT = 16;
const COLOURS = 6;

export interface Line {
  readonly name: string;
  /** One a run; undefined: nothing known of that run. */
  readonly values: readonly (number | undefined)[];
}

/** Values over runs. Each line is also a row of a table, for who cannot see it. */
export function LineChart({
  title,
  lines,
  labels,
  format,
}: {
  title: string;
  lines: readonly Line[];
  labels: readonly string[];
  format: (value: number) => string;
}) {
  const most = Math.max(1e-9, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const x = (i: number): number =>
    LEFT + (labels.length < 2 ? 0.5 : i / (labels.length - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
  return (
    <section>
      <h2>{title}</h2>
      <Scroll label={title}>
        <svg
          class="line-chart"
          width={WIDTH}
          height={HEIGHT}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          aria-hidden="true"
        >
          {[0, most / 2, most].map((value) => (
            <g key={value}>
              <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
              <text x={LEFT - 8} y={y(value) + 4} text-anchor="end">
                {format(value < 10 ? value : Math.round(value))}
              </text>
            </g>
          ))}
          <text x={LEFT} y={HEIGHT - 6}>
            {labels[0]?.slice(0, 10)}
          </text>
          <text x={WIDTH - RIGHT} y={HEIGHT - 6} text-anchor="end">
            {labels.at(-1)?.slice(0, 10)}
          </text>
          {lines.map(({ name, values }, nth) => {
            const points = values.flatMap((value, i) =>
              value === undefined ? [] : [[x(i), y(value)] as const],
            );
            return (
              <g key={name} class={`line${nth % COLOURS}`}>
                <polyline points={points.map((point) => point.join(',')).join(' ')} />
                {points.map(([cx, cy]) => (
                  <circle key={cx} cx={cx} cy={cy} r={3} />
                ))}
              </g>
            );
          })}
        </svg>
        <table>
          <tbody>
            {lines.map(({ name, values }, nth) => (
              <tr key={name}>
                <th scope="row">
                  <span class={`swatch line${nth % COLOURS}`} aria-hidden="true" /> {name}
                </th>
                {values.map((value, i) => (
                  <td key={i}>{value === undefined ? '–' : format(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
