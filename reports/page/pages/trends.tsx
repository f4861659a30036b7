import type { HistoryPoint } from '../../html/history.js';
import type { PageData } from '../../html/page-data.js';
import { percent, thousands } from '../../html/words.js';
import { type Line, LineChart } from '../parts/line-chart.js';
import { Scroll } from '../parts/scroll.js';

/** Values over runs, by name: a run without one leaves a gap. */
function linesOf(
  history: readonly HistoryPoint[],
  of: (point: HistoryPoint) => readonly (readonly [string, number])[],
): Line[] {
  const names = [...new Set(history.flatMap((point) => of(point).map(([name]) => name)))];
  return names.map((name) => ({
    name,
    values: history.map((point) => of(point).find(([each]) => each === name)?.[1]),
  }));
}

const CHARTS: readonly {
  readonly title: string;
  readonly format: (value: number) => string;
  readonly of: (point: HistoryPoint) => readonly (readonly [string, number])[];
}[] = [
  {
    title: 'Operations a second, random sequences',
    format: thousands,
    // A check has one clock for all its Systems: their rates in a history are that of the whole.
    of: ({ systems }) =>
      systems.some(({ perSecond }) => perSecond > 0)
        ? [['all systems of a check', Math.max(...systems.map(({ perSecond }) => perSecond))]]
        : [],
  },
  {
    title: 'Transitions a second, exhaustive',
    format: thousands,
    of: ({ explorations }) =>
      explorations.map(({ design, bounds, perSecond }) => [`${design}, ${bounds}`, perSecond]),
  },
  {
    title: 'Operation-outcomes reached by random sequences',
    format: thousands,
    of: ({ reached }) => (reached === undefined ? [] : [['reached', reached]]),
  },
  {
    title: 'Mutants',
    format: thousands,
    of: ({ mutants }) =>
      mutants === undefined
        ? []
        : [
            ['killed', mutants.killed],
            ['survived', mutants.survived],
            ['not run', mutants.notRun],
          ],
  },
  {
    title: 'Code coverage',
    format: percent,
    of: ({ functions, branches }) => [
      ...(functions === undefined ? [] : [['functions', functions] as const]),
      ...(branches === undefined ? [] : [['branches', branches] as const]),
    ],
  },
];

/** Verdict, coverage and speed over runs. */
export function TrendsPage({ data }: { data: PageData }) {
  const { history } = data;
  return (
    <>
      <h1>Trends</h1>
      {history.length > 0 ? null : (
        <div class="not-run" role="note">
          <strong>NOT RUN</strong> no history was given
          <p>
            To have it: <code>npx mapahead report --history history.jsonl</code> adds this run to the file and
            shows all runs in it.
          </p>
        </div>
      )}
      {history.length === 0 ? null : (
        <>
          <p>From a history file that each run adds a line to; speeds are of the machine that ran it.</p>
          <h2>Verdicts</h2>
          <Scroll label="Verdicts">
            <table>
              <thead>
                <tr>
                  <th scope="col">run</th>
                  <th scope="col">revision</th>
                  <th scope="col">verdict</th>
                  <th scope="col">systems</th>
                </tr>
              </thead>
              <tbody>
                {history.toReversed().map(({ at, revision, outcome, systems }) => (
                  <tr key={at}>
                    <th scope="row">{at}</th>
                    <td>
                      <code>{revision ?? ''}</code>
                    </td>
                    <td class={outcome === 'failed' ? 'bad' : outcome}>{outcome.replace('-', ' ')}</td>
                    <td>
                      {systems
                        .map(({ system, outcome: each }) => `${system} ${each.replace('-', ' ')}`)
                        .join(', ')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <div class="charts">
            {CHARTS.map(({ title, format, of }) => {
              const lines = linesOf(history, of);
              return lines.length === 0 ? null : (
                <LineChart
                  key={title}
                  title={title}
                  lines={lines}
                  labels={history.map(({ at }) => at)}
                  format={format}
                />
              );
            })}
          </div>
        </>
      )}
    </>
  );
}
