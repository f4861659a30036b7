import type { OutcomeCount } from '../../model/verdict.js';
import type { PageData } from '../html/page-data.js';

/** What one System did in one result: which operations had which outcomes. */
export interface Reached {
  readonly name: string;
  readonly outcomes: readonly OutcomeCount[];
}

/** Every source of outcomes: random runs, exhaustive ones, each kernel. */
export function reachedBy({ results }: PageData): Reached[] {
  return results.flatMap(({ result }): Reached[] => {
    switch (result.kind) {
      case 'check':
        return result.report.verdicts.flatMap(({ system, outcomes }) =>
          outcomes === undefined ? [] : [{ name: `${system}, random`, outcomes }],
        );
      case 'exploration':
        return [{ name: `${result.design}, bounds ${result.bounds}`, outcomes: result.outcomes }];
      case 'kernels':
        return result.kernels.flatMap(({ id, outcomes }) =>
          outcomes === undefined ? [] : [{ name: id, outcomes }],
        );
      default:
        return [];
    }
  });
}

/** How often one operation had one outcome in each source. */
export interface Cell {
  readonly op: string;
  readonly outcome: string;
  readonly counts: readonly number[];
}

/** Operations by outcomes over all sources, those that were seen anywhere. */
export function cellsOf(reached: readonly Reached[]): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell & { counts: number[] }>();
  reached.forEach(({ outcomes }, source) => {
    for (const { op, outcome, count } of outcomes) {
      const key = `${op} ${outcome}`;
      const cell = cells.get(key) ?? { op, outcome, counts: reached.map(() => 0) };
      cell.counts[source] += count;
      cells.set(key, cell);
    }
  });
  return cells;
}
