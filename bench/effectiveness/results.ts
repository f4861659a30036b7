/** Searches of one strategy for one defect: operations up to the first failure, undefined where none was found. */
export interface Cell {
  readonly strategy: string;
  readonly operations: readonly (number | undefined)[];
}

export interface Task {
  readonly id: string;
  readonly cells: readonly Cell[];
}

export interface Results {
  readonly seeds: number;
  /** Operations after which a search was given up. */
  readonly cap: number;
  readonly strategies: readonly string[];
  /** Tasks that all strategies have gone through. */
  readonly tasks: readonly Task[];
  /** Tasks that were to be done. */
  readonly planned: number;
}

/**
 * The value that this share of the searches does not exceed; infinite when it is among those that found nothing.
 * @param share 0.5: the median, the upper one of two
 */
export function quantile({ operations }: Cell, share: number): number {
  const sorted = operations.map((count) => count ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

const median = (cell: Cell): number => quantile(cell, 0.5);

/** Median and 95th percentile. */
export const QUANTILES = [0.5, 0.95] as const;

/** How many times fewer operations the first strategy takes than another: at least, where the other was given up. */
export interface Ratio {
  readonly strategy: string;
  /** Of the tasks, the middle one. */
  readonly median: number;
  /** Tasks in which the other one was given up at the median. */
  readonly givenUp: number;
}

/** The first strategy against each other one. A task that the first one gave up counts as 0 times. */
export function ratios({ strategies, tasks, cap }: Results): Ratio[] {
  return strategies.slice(1).map((strategy, other) => {
    const each = tasks.map(({ cells }) => {
      const [own, theirs] = [median(cells[0]), median(cells[other + 1])];
      return Number.isFinite(own) ? Math.min(theirs, cap) / own : 0;
    });
    each.sort((a, b) => a - b);
    return {
      strategy,
      median: each[each.length >> 1] ?? Number.NaN,
      givenUp: tasks.filter(({ cells }) => !Number.isFinite(median(cells[other + 1]))).length,
    };
  });
}
