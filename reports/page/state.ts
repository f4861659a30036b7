import type { RowChangesJson } from '../results/evidence.js';

export type Row = Readonly<Record<string, string | number>>;
type Rows = ReadonlyMap<string, Row>;

/** What one step changed. */
export interface Changed {
  readonly set: ReadonlySet<string>;
  readonly gone: readonly string[];
  /** The state before it. */
  readonly before: Rows;
}

/** Steps between two states that are kept whole. */
const EVERY = 64;

/** The state of the modelled kernel after each step, from what each step changed. */
export class States {
  readonly #changes: readonly RowChangesJson[];
  readonly #kept: Rows[] = [];

  /** @param changes the state at the start, then what each step changed */
  constructor(changes: readonly RowChangesJson[]) {
    this.#changes = changes;
    const rows = new Map<string, Row>();
    changes.forEach((each, i) => {
      apply(rows, each);
      if (i % EVERY === 0) this.#kept.push(new Map(rows));
    });
  }

  /** The state after `step` operations. */
  at(step: number): Rows {
    const last = Math.min(step, this.#changes.length - 1);
    const kept = Math.floor(last / EVERY);
    const rows = new Map(this.#kept[kept]);
    for (let i = kept * EVERY + 1; i <= last; i++) apply(rows, this.#changes[i]);
    return rows;
  }

  /** What the operation that led to this state changed. */
  changed(step: number): Changed {
    const changes = step === 0 ? undefined : this.#changes[step];
    return {
      set: new Set(Object.keys(changes?.set ?? {})),
      gone: changes?.gone ?? [],
      before: step === 0 ? new Map() : this.at(step - 1),
    };
  }
}

function apply(rows: Map<string, Row>, { set, gone }: RowChangesJson): void {
  for (const name of gone) rows.delete(name);
  for (const [name, row] of Object.entries(set)) rows.set(name, row);
}

/** Rows of one table, in order: `vma 0.3` has the keys 0 and 3. */
export interface Entry {
  readonly name: string;
  readonly keys: readonly number[];
  readonly row: Row;
}

/** The rows of a table, by their numbers. */
export function entriesOf(rows: Rows, table: string): Entry[] {
  return [...rows]
    .filter(([name]) => name.startsWith(`${table} `))
    .map(([name, row]) => ({
      name,
      row,
      keys: name
        .slice(table.length + 1)
        .split('.')
        .map(Number),
    }))
    .sort((a, b) => a.keys[0] - b.keys[0] || (a.keys[1] ?? 0) - (b.keys[1] ?? 0));
}
