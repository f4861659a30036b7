import type { Scope } from './form.js';
import { grow, InternTable } from './intern-table.js';
import type { Renaming } from './renaming.js';
import type { Side } from './side.js';
import { Signatures } from './signatures.js';
import { Stream } from './stream.js';

const FIRST = 1 << 10;
/** `insert`: there is no normal form for this state. */
export const IRREGULAR = -1;

/** All that a set of states holds, for a checkpoint. */
export interface SavedStates {
  readonly parts: ReturnType<InternTable['save']>;
  readonly halves: ReturnType<InternTable['save']>;
  readonly states: ReturnType<InternTable['save']>;
  readonly parents: Int32Array;
  readonly operations: Uint16Array;
  readonly renamings: Uint16Array;
}

/**
 * The states that a search has come to, each once, whole and exact, in the order in which it came to them, with the way that
 * it came. A state is stored as numbers of its parts (a process, an event, a buffer), of which there are few: equal parts are
 * stored once. States that renamings turn into each other are one state; what comes back is the one that was come to.
 */
export class States {
  /** `insert` has come to a new state. */
  added = false;
  readonly #sides: readonly Side[];
  readonly #renamings: readonly Renaming[];
  readonly #stream: Stream;
  readonly #signatures: Signatures;
  readonly #parts = new InternTable();
  readonly #halves = new InternTable();
  readonly #states: InternTable;
  readonly #row: Int32Array;
  #half = new Int32Array(FIRST);
  #parents: Int32Array = new Int32Array(FIRST);
  #operations: Uint16Array = new Uint16Array(FIRST);
  #via: Uint16Array = new Uint16Array(FIRST);
  /** Parts of the first half of each side, of the state that is being written. */
  readonly #splits: Int32Array;
  #bestSplits: Int32Array;

  /** @param renamings under which states are the same; the first changes nothing */
  constructor(sides: readonly Side[], renamings: readonly Renaming[], { processes, pages }: Scope) {
    this.#sides = sides;
    this.#signatures = new Signatures(sides[0].world, processes, pages);
    this.#renamings = renamings;
    this.#stream = new Stream(renamings[0]);
    this.#states = new InternTable(2 * sides.length);
    this.#row = new Int32Array(2 * sides.length);
    this.#splits = new Int32Array(2 * sides.length);
    this.#bestSplits = new Int32Array(2 * sides.length);
  }

  get count(): number {
    return this.#states.count;
  }

  get bytes(): number {
    const tables = this.#parts.bytes + this.#halves.bytes + this.#states.bytes;
    return tables + this.#parents.byteLength + this.#operations.byteLength + this.#via.byteLength;
  }

  /** The state before this one on the way to it, or -1. */
  parent(state: number): number {
    return this.#parents[state];
  }

  /** Number of the operation that led from the parent to this state. */
  operation(state: number): number {
    return this.#operations[state];
  }

  /**
   * The state that the sides are in now, come to from `parent` by `operation`. It may leave unimportant things in them changed.
   * @returns its number, or IRREGULAR
   */
  insert(parent: number, operation: number): number {
    this.added = false;
    const via = this.#normalise();
    if (via < 0) return IRREGULAR;
    this.#storeParts();
    const state = this.#states.intern(this.#row, 0, this.#row.length);
    this.added = this.#states.added;
    if (!this.added) return state;
    if (state >= this.#parents.length) {
      this.#parents = grow(this.#parents, state + 1);
      this.#operations = grow(this.#operations, state + 1);
      this.#via = grow(this.#via, state + 1);
    }
    this.#parents[state] = parent;
    this.#operations[state] = operation;
    this.#via[state] = via;
    return state;
  }

  /** Put the sides into a state. */
  enter(state: number): void {
    const stream = this.#stream;
    this.#states.copy(state, this.#row, 0);
    let length = 0;
    for (let half = 0; half < this.#row.length; half++) {
      const parts = this.#halves.copy(this.#row[half], this.#half, 0);
      for (let i = 0; i < parts; i++) {
        if (stream.ints.length - length < FIRST) stream.ints = grow(stream.ints, length + FIRST);
        length = this.#parts.copy(this.#half[i], stream.ints, length);
      }
    }
    stream.read(this.#renamings[this.#via[state]]);
    for (const side of this.#sides) {
      side.visitProcesses(stream);
      side.visitObjects(stream);
    }
  }

  /** The states that the renamings turn a state into, itself among them, as text: the sides are left anyhow. */
  orbit(state: number): ReadonlySet<string> {
    const forms = new Set<string>();
    for (const renaming of this.#renamings) {
      this.enter(state);
      if (this.#write(renaming, false)) forms.add(this.#stream.ints.subarray(0, this.#stream.length).join());
    }
    return forms;
  }

  save(): SavedStates {
    const { count } = this;
    return {
      parts: this.#parts.save(),
      halves: this.#halves.save(),
      states: this.#states.save(),
      parents: this.#parents.slice(0, count),
      operations: this.#operations.slice(0, count),
      renamings: this.#via.slice(0, count),
    };
  }

  load(saved: SavedStates): void {
    this.#parts.load(saved.parts.rows, saved.parts.starts);
    this.#halves.load(saved.halves.rows, saved.halves.starts);
    this.#states.load(saved.states.rows, saved.states.starts);
    this.#parents = saved.parents;
    this.#operations = saved.operations;
    this.#via = saved.renamings;
  }

  /** Leave the least form of the state in the stream. @returns the renaming that gives it, or -1: there is no form */
  #normalise(): number {
    const renamings = this.#renamings;
    let via = -1;
    if (!this.#isRegular()) return -1;
    if (renamings.length === 1) {
      this.#write(renamings[0], false);
      return 0;
    }
    this.#signatures.take();
    for (let i = 0; i < renamings.length; i++) {
      if (i > 0 && this.#isIdle(renamings[i])) continue;
      const order = this.#signatures.compare(renamings[i], i === 0);
      if (order > 0 || !this.#write(renamings[i], order === 0) || !this.#stream.wins) continue;
      via = i;
      this.#stream.keep();
      this.#bestSplits.set(this.#splits);
    }
    this.#stream.recall();
    this.#splits.set(this.#bestSplits);
    return via;
  }

  /** Names within a dead process: there are none. */
  #isIdle({ within }: Renaming): boolean {
    const { alive } = this.#sides[0].world.task;
    for (let p = 0; p < within.length; p++) if (within[p] && alive[p] === 0) return true;
    return false;
  }

  #isRegular(): boolean {
    for (const side of this.#sides) {
      this.#stream.write(this.#renamings[0], false);
      side.number(this.#stream);
      if (!side.isRegular()) return false;
    }
    return true;
  }

  #write(renaming: Renaming, contest: boolean): boolean {
    const stream = this.#stream;
    stream.write(renaming, contest);
    for (let i = 0; i < this.#sides.length; i++) {
      const side = this.#sides[i];
      side.number(stream);
      if (!side.visitProcesses(stream)) return false;
      this.#splits[2 * i] = stream.parts;
      if (!side.visitObjects(stream)) return false;
      this.#splits[2 * i + 1] = stream.parts;
    }
    return true;
  }

  #storeParts(): void {
    const { ints, ends } = this.#stream;
    let part = 0;
    for (let half = 0; half < this.#row.length; half++) {
      let length = 0;
      for (; part < this.#splits[half]; part++)
        this.#half[length++] = this.#parts.intern(ints, part === 0 ? 0 : ends[part - 1], ends[part]);
      this.#row[half] = this.#halves.intern(this.#half, 0, length);
    }
  }
}
