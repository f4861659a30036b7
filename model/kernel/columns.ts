/**
 * A table of the model's state: one typed-array column for each name, all in one ArrayBuffer, so that a
 * snapshot of the whole state is one copy and equality is over bytes.
 */
export type Table<Names extends readonly string[]> = { readonly [K in Names[number]]: Int32Array };

/** How many rows a table has and what its columns are called. */
export interface TableShape<Names extends readonly string[]> {
  readonly rows: number;
  readonly columns: Names;
}

export function shape<const Names extends readonly string[]>(
  rows: number,
  columns: Names,
): TableShape<Names> {
  return { rows, columns };
}

/** Hands out columns from one buffer, front to back. */
export class ColumnAllocator {
  readonly words: Int32Array;
  #next = 0;

  /** @param total ints that all tables together take: `sizeOf` each */
  constructor(total: number) {
    this.words = new Int32Array(new ArrayBuffer(total * Int32Array.BYTES_PER_ELEMENT));
  }

  table<const Names extends readonly string[]>(of: TableShape<Names>): Table<Names> {
    const columns: Record<string, Int32Array> = {};
    for (const name of of.columns) {
      columns[name] = this.words.subarray(this.#next, this.#next + of.rows);
      this.#next += of.rows;
    }
    return columns as Table<Names>;
  }
}

/** Ints that a table takes. */
export function sizeOf(table: TableShape<readonly string[]>): number {
  return table.rows * table.columns.length;
}
