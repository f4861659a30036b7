import { thousands } from '../terminal/summary.js';
import { table } from './claims.js';

/** What is shown of the search of two designs side by side. */
export interface ShownComparison {
  readonly designs: readonly [string, string];
  readonly bounds: string;
  readonly states: number;
  readonly left: number;
  readonly transitions: number;
  readonly depth: number;
  readonly closed: boolean;
  readonly cut?: string;
  readonly notFollowed: { readonly parted: number };
  readonly differences: readonly {
    readonly op: string;
    readonly outcomes: readonly [string, string];
    readonly what: string;
    readonly point?: string;
    readonly length: number;
    readonly token: string;
  }[];
}

/** What is shown of a variation point. */
export interface ShownPoint {
  readonly id: string;
  readonly since: string;
}

const code = (text: string): string => `\`${text}\``;

/** One row for each pair of designs and bounds. */
export function comparisonsTable(comparisons: readonly ShownComparison[]): string {
  return table(
    [
      'bounds',
      'states',
      'transitions',
      'depth at closure',
      'kinds of difference',
      'transitions after which they part',
    ],
    'lrrrrr',
    comparisons.map(({ bounds, states, transitions, closed, depth, differences, notFollowed, cut }) => [
      bounds,
      thousands(states),
      thousands(transitions),
      closed ? String(depth) : `not closed: ${cut}`,
      String(differences.length),
      thousands(notFollowed.parted),
    ]),
  );
}

interface Row {
  readonly cells: readonly string[];
  readonly length: number;
  readonly token: string;
  readonly bounds: string[];
}

/** A kind of difference in several bounds is one row: where it is seen, and the shortest sequence of all. */
function rowsOf(comparisons: readonly ShownComparison[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { bounds, differences } of comparisons) {
    for (const { op, outcomes, what, point, length, token } of differences) {
      const explained = point === undefined ? 'the specification allows both' : code(point);
      const cells = [code(op), ...outcomes, what, explained];
      const key = cells.join('|');
      const before = rows.get(key);
      const seen = before?.bounds.includes(bounds) ? before.bounds : [...(before?.bounds ?? []), bounds];
      const shortest = before !== undefined && before.length <= length ? before : { length, token };
      rows.set(key, { cells, length: shortest.length, token: shortest.token, bounds: seen });
    }
  }
  return [...rows.values()];
}

/** The differences, each with the one point that explains it and a shortest sequence. */
export function differencesTable(comparisons: readonly ShownComparison[]): string {
  const [one, other] = comparisons[0].designs;
  return table(
    ['operation', code(one), code(other), 'what differs', 'explained by', 'operations', 'replay', 'seen in'],
    'lllllrll',
    rowsOf(comparisons).map(({ cells, length, token, bounds }) => [
      ...cells,
      String(length),
      code(token),
      bounds.join(', '),
    ]),
  );
}

/** Why a point cannot be seen between two designs that do not differ on it. */
function reason({ since }: ShownPoint): string {
  if (since === 'config') return 'cannot be: a matter of the configuration, the same for both designs';
  return `cannot be: a matter of the core kernel (${since}), the same for both designs`;
}

/** Every variation point: by which difference it is witnessed, or why it cannot be. */
export function pointsTable(
  points: readonly ShownPoint[],
  separating: readonly string[],
  comparisons: readonly ShownComparison[],
): string {
  const all = comparisons.flatMap(({ differences }) => differences);
  const witness = (point: ShownPoint): readonly string[] => {
    if (!separating.includes(point.id)) return [reason(point), '', ''];
    const [shortest] = all.filter((each) => each.point === point.id).sort((a, b) => a.length - b.length);
    if (shortest === undefined) return ['**NOT WITNESSED**', '', ''];
    const { op, outcomes, what, length, token } = shortest;
    const shown = outcomes[0] === outcomes[1] ? what : outcomes.join(' / ');
    return [`${code(op)}: ${shown}`, String(length), code(token)];
  };
  return table(
    ['variation point', 'witnessed by', 'operations', 'replay'],
    'llrl',
    points.map((point) => [code(point.id), ...witness(point)]),
  );
}
