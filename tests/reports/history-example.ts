// Three runs of a history: one grew, one failed.
import type { HistoryPoint } from '#reports/html/history';

const point = (day: number, extra: Partial<HistoryPoint>): HistoryPoint => ({
  format: 'mapahead-history',
  version: 1,
  madeBy: '0.1.0',
  at: `2026-03-0${day}T05:06:07.000Z`,
  revision: `abcdef${day}`,
  outcome: 'passed',
  systems: [
    { system: 'advance', outcome: 'passed', operations: 1000 * day, perSecond: 100_000 + 900 * day * day },
  ],
  explorations: [
    { design: 'advance', bounds: 'small', states: 1111, closed: true, perSecond: 200_000 + day },
  ],
  reached: 200 + day,
  ...extra,
});

export const HISTORY: readonly HistoryPoint[] = [
  point(1, {}),
  point(2, { functions: 0.99, branches: 0.95, mutants: { killed: 20, survived: 1, notRun: 4 } }),
  point(3, {
    outcome: 'failed',
    functions: 1,
    branches: 0.96,
    mutants: { killed: 21, survived: 0, notRun: 4 },
  }),
];
