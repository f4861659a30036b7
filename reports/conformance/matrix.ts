import { type KernelRecord, type SideRecord, shortName } from './record.js';

/** A variation point or known finding, and on which side each kernel is. */
export interface MatrixRow {
  readonly id: string;
  readonly finding: boolean;
  readonly sides: readonly [string, string];
  /** One a kernel, in their order. */
  readonly cells: readonly Cell[];
}

interface Cell {
  /**
   * `0` or `1`: the side; `no` or `yes`: a known finding, whether it is there; `?`: not observable; `!`: neither side explains it; empty: not
   * asked. A `*` after it: another side than the release says.
   */
  readonly text: string;
  readonly record?: SideRecord;
}

/** The matrix of kernels and sides. */
export interface Matrix {
  /** Names of the columns: versions, and whole releases where these alone are the same. */
  readonly kernels: readonly string[];
  readonly rows: readonly MatrixRow[];
}

function cellText({ finding, measured, expected, unexplained }: SideRecord): string {
  if (unexplained !== undefined) return '!';
  if (measured === undefined) return '?';
  const text = finding ? ['no', 'yes'][measured] : String(measured);
  return measured === expected ? text : `${text}*`;
}

function columnNames(records: readonly KernelRecord[]): string[] {
  const versions = records.map(shortName);
  return versions.map((version, i) =>
    versions.indexOf(version) === versions.lastIndexOf(version) ? version : records[i].release,
  );
}

/** The matrix of these kernels. */
export function matrixOf(records: readonly KernelRecord[]): Matrix {
  const points = new Map<string, SideRecord>();
  for (const { sides } of records) for (const side of sides) points.set(side.id, points.get(side.id) ?? side);
  const rows = [...points.values()].map(({ id, finding, sides }): MatrixRow => {
    const cells = records.map((kernel): Cell => {
      const record = kernel.sides.find((each) => each.id === id);
      return record === undefined ? { text: '' } : { text: cellText(record), record };
    });
    return { id, finding, sides, cells };
  });
  return { kernels: columnNames(records), rows };
}

/** Kernels of a row with a sequence, told once for all that were asked the same and answered the same. */
export interface Told {
  readonly kernels: readonly string[];
  readonly record: SideRecord;
}

/** What there is to say of a row: which kernels answered what to which sequence, or why they could not. */
export function toldOf({ kernels }: Matrix, { cells }: MatrixRow): Told[] {
  const told = new Map<string, { kernels: string[]; record: SideRecord }>();
  cells.forEach(({ record }, i) => {
    if (record === undefined) return;
    const { witness, notObservable, unexplained } = record;
    const key = JSON.stringify([witness?.calls, witness?.answer, notObservable, unexplained]);
    const group = told.get(key);
    if (group === undefined) told.set(key, { kernels: [kernels[i]], record });
    else group.kernels.push(kernels[i]);
  });
  return [...told.values()];
}

/** What was asked and answered, or why nothing was, in one line. */
export function witnessText({ witness, notObservable, unexplained }: SideRecord): string {
  if (notObservable !== undefined) return `not observable: ${notObservable}`;
  if (witness === undefined) return 'not asked';
  const { calls, answer, repeats } = witness;
  const sequence = `${calls.join('; ')} = ${answer}, ${repeats} times of ${repeats}`;
  return unexplained === undefined ? sequence : `NEITHER SIDE: ${sequence}: ${unexplained}`;
}
