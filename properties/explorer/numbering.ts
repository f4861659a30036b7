/** Numbers rows of a table in the order in which they are come upon, from 0: names that do not depend on where a row lies. */
export class Numbering {
  /** The row of each number. */
  readonly rows: Int32Array;
  count = 0;
  /** By row: its number + 1, or 0. */
  readonly #numbers: Int32Array;

  /** @param rows that the table has */
  constructor(rows: number) {
    this.rows = new Int32Array(rows);
    this.#numbers = new Int32Array(rows);
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.#numbers[this.rows[i]] = 0;
    this.count = 0;
  }

  /** Come upon a row. */
  number(row: number): void {
    if (this.#numbers[row] !== 0) return;
    this.rows[this.count++] = row;
    this.#numbers[row] = this.count;
  }

  /** The number + 1 of a row, or 0 when nothing has come upon it. */
  of(row: number): number {
    return this.#numbers[row];
  }

  /** Every row is its own number, for the first `count`. */
  identity(count: number): void {
    this.clear();
    for (let row = 0; row < count; row++) this.number(row);
  }
}
