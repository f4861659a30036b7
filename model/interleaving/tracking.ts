/**
 * What the derived model calls instead of touching its state: every access to a column is told, by the word of the state that it
 * reads or writes. One World at a time is run; nothing here belongs to a World.
 */

/** Accesses since `forget`: word * 2, + 1 for a write. */
export const log = new Int32Array(1 << 16);
/** Words written since `begin`, each once. */
export const dirty = new Int32Array(1 << 16);
const writtenIn = new Int32Array(1 << 16);

const NOTHING = -1;

/** Counters and registers of the run. */
export const run = {
  /** Accesses in `log`. */
  logged: 0,
  /** Words in `dirty`. */
  dirtied: 0,
  /** Counts runs, so that `writtenIn` need not be cleared. */
  epoch: 1,
  /** The task that runs, and how many there are; below 0: one alone, which names new objects as the sequential model does. */
  lane: NOTHING,
  lanes: 1,
  /** The word of the lock that the task waits for, or -1, and whether to share it. */
  wanted: NOTHING,
  shared: false,
};

/** Begin a run: nothing is written yet. */
export function begin(): void {
  run.epoch++;
  run.dirtied = 0;
  run.logged = 0;
}

const wordOf = (column: Int32Array, i: number): number => (column.byteOffset >> 2) + i;

function tell_write(word: number): void {
  log[run.logged++] = word * 2 + 1;
  if (writtenIn[word] === run.epoch) return;
  writtenIn[word] = run.epoch;
  dirty[run.dirtied++] = word;
}

/** @public The derived model calls it. */
export function read(column: Int32Array, i: number): number {
  log[run.logged++] = ((column.byteOffset >> 2) + i) * 2;
  return column[i];
}

/** @public The derived model calls it. */
export function write(column: Int32Array, i: number, value: number): number {
  tell_write(wordOf(column, i));
  column[i] = value;
  return value;
}

/** `column[i] += by`. @returns the new value @public The derived model calls it. */
export function add(column: Int32Array, i: number, by: number): number {
  tell_write(wordOf(column, i));
  column[i] += by;
  return column[i];
}

/** @public The derived model calls it. */
export function subtract(column: Int32Array, i: number, by: number): number {
  return add(column, i, -by);
}

/** @public The derived model calls it. */
export function and(column: Int32Array, i: number, bits: number): number {
  return write(column, i, column[i] & bits);
}

/** @public The derived model calls it. */
export function or(column: Int32Array, i: number, bits: number): number {
  return write(column, i, column[i] | bits);
}

/** As `add`. @returns the value before @public The derived model calls it. */
export function add_after(column: Int32Array, i: number, by: number): number {
  return add(column, i, by) - by;
}

/** @public The derived model calls it. */
export function fill(column: Int32Array, value: number, start: number, end: number): void {
  for (let i = start; i < end; i++) write(column, i, value);
}

/** @public The derived model calls it. */
export function copyWithin(column: Int32Array, to: number, start: number, end: number): void {
  const copy = column.slice(start, end);
  for (let i = 0; i < copy.length; i++) {
    read(column, start + i);
    write(column, to + i, copy[i]);
  }
}

/**
 * The first row that holds the value: how the model finds a free row for a new object. Tasks beside each other take rows from
 * shares of their own, and none that was freed in this run: which number an object gets is no meeting of tasks, as in a kernel
 * with lists of free objects by processor, and a use after free does not hide behind a new use.
 * @public The derived model calls it.
 */
export function indexOf(column: Int32Array, value: number): number {
  if (run.lane < 0) return column.indexOf(value);
  for (let i = run.lane; i < column.length; i += run.lanes)
    if (column[i] === value && writtenIn[wordOf(column, i)] !== run.epoch) return i;
  return NOTHING;
}

/** The task waits for this lock, alone. @public The derived model calls it. */
export function want(column: Int32Array, i: number): void {
  run.wanted = wordOf(column, i);
  run.shared = false;
}

/** As `want`, but beside others who share it. @public The derived model calls it. */
export function want_shared(column: Int32Array, i: number): void {
  run.wanted = wordOf(column, i);
  run.shared = true;
}

/** The first of both, which are there in this order. @public The derived model calls it. */
export function first_of<T>(value: T, _after: unknown): T {
  return value;
}

/** An iterator that has ended before it began. */
const done: {
  value: unknown;
  next(): IteratorReturnResult<unknown>;
  [Symbol.iterator](): Iterator<unknown>;
} = {
  value: undefined,
  next: () => ({ done: true, value: done.value }),
  [Symbol.iterator]: () => done,
};

/**
 * What a function gave that may be one that can be suspended: to be delegated to in either case.
 * @public The derived model calls it.
 */
export function may_suspend(result: unknown): Iterable<unknown> {
  if (typeof result === 'object' && result !== null) return result as Iterable<unknown>;
  done.value = result;
  return done;
}
