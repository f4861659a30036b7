import { grow, InternTable, type SharedTable } from './intern-table.js';

const FIRST = 1 << 10;
/** Ints of a candidate before its state: parent, operation, renaming, and what it shows. */
export const CANDIDATE_HEAD = 4;
export const CANDIDATE_SHOWS = 3;

type Numbers = Int32Array | Uint16Array | Uint8Array;

/** The smallest kind of array that holds all numbers below `count`. */
function numbersBelow(count: number): Numbers {
  if (count <= 1 << 8) return new Uint8Array(0);
  return count <= 1 << 16 ? new Uint16Array(0) : new Int32Array(0);
}

/** All that a set of states holds, for a checkpoint. */
export interface SavedStates {
  readonly parts: ReturnType<InternTable['save']>;
  readonly halves: ReturnType<InternTable['save']>;
  readonly states: ReturnType<InternTable['save']>;
  readonly parents: Int32Array;
  readonly operations: Uint16Array;
  readonly renamings: Numbers;
}

/** A set of states as other threads are given it. */
export interface SharedStates {
  readonly parts: SharedTable;
  readonly halves: SharedTable;
  readonly states: SharedTable;
  readonly renamings: Numbers;
}

/**
 * The states that a search has come to, each once, whole and exact, in the order in which it came to them, with the way that
 * it came. A state is a row of halves, a half is a row of parts (a process, an event, a buffer), a part is a row of ints; there are
 * few different parts, and of each kind of row equal ones are stored once.
 */
export class StateStore {
  readonly parts = new InternTable();
  readonly halves = new InternTable();
  readonly states: InternTable;
  /** Halves of a state. */
  readonly width: number;
  /** `insert` has come to a new state. */
  added = false;
  readonly #row: Int32Array;
  #half: Int32Array = new Int32Array(FIRST);
  #parents: Int32Array = new Int32Array(FIRST);
  #operations: Uint16Array = new Uint16Array(FIRST);
  #renamings: Numbers;

  /**
   * @param width halves of a state
   * @param renamings that there are
   */
  constructor(width: number, renamings: number) {
    this.width = width;
    this.#renamings = grow(numbersBelow(renamings), FIRST);
    this.states = new InternTable(width);
    this.#row = new Int32Array(width);
  }

  get count(): number {
    return this.states.count;
  }

  get bytes(): number {
    const tables = this.parts.bytes + this.halves.bytes + this.states.bytes;
    return tables + this.#parents.byteLength + this.#operations.byteLength + this.#renamings.byteLength;
  }

  /** The state before this one on the way to it, or -1. */
  parent(state: number): number {
    return this.#parents[state];
  }

  /** Number of the operation that led from the parent to this state. */
  operation(state: number): number {
    return this.#operations[state];
  }

  /** Number of the renaming that turned the state that was come to into the one that is stored. */
  renaming(state: number): number {
    return this.#renamings[state];
  }

  /**
   * The state of the candidate that stands at `at` of `ints`, as `States.come` writes it: its head, and each half as its number,
   or as -1 - parts, followed by each part as its number, or as -1 - ints, followed by its ints.
   * @returns the index after it; whether it is new is in `added`, and then it is the last one
   */
  insert(ints: Int32Array, at: number): number {
    let next = at + CANDIDATE_HEAD;
    for (let half = 0; half < this.width; half++) {
      const known = ints[next++];
      if (known >= 0) {
        this.#row[half] = known;
        continue;
      }
      const parts = -1 - known;
      if (parts > this.#half.length) this.#half = new Int32Array(2 * parts);
      for (let i = 0; i < parts; i++) {
        const part = ints[next++];
        this.#half[i] = part >= 0 ? part : this.parts.intern(ints, next, next - 1 - part);
        if (part < 0) next += -1 - part;
      }
      this.#row[half] = this.halves.intern(this.#half, 0, parts);
    }
    const state = this.states.intern(this.#row, 0, this.width);
    this.added = this.states.added;
    if (this.added) this.#record(state, ints[at], ints[at + 1], ints[at + 2]);
    return next;
  }

  #record(state: number, parent: number, operation: number, renaming: number): void {
    if (state >= this.#parents.length) {
      this.#parents = grow(this.#parents, state + 1);
      this.#operations = grow(this.#operations, state + 1);
      this.#renamings = grow(this.#renamings, state + 1);
    }
    this.#parents[state] = parent;
    this.#operations[state] = operation;
    this.#renamings[state] = renaming;
  }

  /** The number of the state that these halves are, or `ABSENT`, as when one of the halves is. */
  find(row: Int32Array): number {
    return this.states.find(row, 0, this.width);
  }

  share(): SharedStates {
    const { parts, halves, states } = this;
    return {
      parts: parts.share(),
      halves: halves.share(),
      states: states.share(),
      renamings: this.#renamings,
    };
  }

  /** Read what another thread has shared: what this holds is lost. */
  adopt({ parts, halves, states, renamings }: SharedStates): void {
    this.parts.adopt(parts);
    this.halves.adopt(halves);
    this.states.adopt(states);
    this.#renamings = renamings;
  }

  /** What `save` gave as `renamings`, from its bytes. */
  renamingsFrom(bytes: ArrayBuffer): Numbers {
    const Kind = this.#renamings.constructor as new (bytes: ArrayBuffer) => Numbers;
    return new Kind(bytes);
  }

  save(): SavedStates {
    const { count } = this;
    return {
      parts: this.parts.save(),
      halves: this.halves.save(),
      states: this.states.save(),
      parents: this.#parents.subarray(0, count),
      operations: this.#operations.subarray(0, count),
      renamings: this.#renamings.subarray(0, count),
    };
  }

  load(saved: SavedStates): void {
    this.parts.load(saved.parts.rows, saved.parts.starts);
    this.halves.load(saved.halves.rows, saved.halves.starts);
    this.states.load(saved.states.rows, saved.states.starts);
    this.#parents = saved.parents;
    this.#operations = saved.operations;
    // A copy, in memory that threads can be given.
    this.#renamings = grow(saved.renamings, FIRST);
  }
}
