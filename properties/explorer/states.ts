import type { Scope } from './form.js';
import { ABSENT } from './intern-table.js';
import { KnownForms } from './known-forms.js';
import { LeastRenamings } from './least-renamings.js';
import type { Renaming } from './renaming.js';
import type { Side } from './side.js';
import { Signatures } from './signatures.js';
import { CANDIDATE_HEAD, type StateStore } from './state-store.js';
import { Stream } from './stream.js';
import type { Symmetry } from './symmetry.js';

const FIRST = 1 << 10;
/** `come`: there is no normal form for this state. */
export const IRREGULAR = -1;
/** `come`: the state is not in the store. */
export const NEW = -2;

/**
 * Turns the state that the sides are in into one of the store, and back. States that renamings turn into each other are one
 * state; what comes back is the one that was come to.
 */
export class States {
  readonly store: StateStore;
  /** After `come` said NEW: the candidate that the store is to insert, without what stands at its head. */
  candidate: Int32Array = new Int32Array(FIRST);
  /** Ints of it. */
  length = 0;
  /** The renaming that gave it. */
  renaming = 0;
  readonly #sides: readonly Side[];
  readonly #symmetry: Symmetry;
  readonly #unchanged: Renaming;
  readonly #least: LeastRenamings;
  readonly #stream: Stream;
  readonly #signatures: Signatures;
  readonly #known: KnownForms | undefined;
  readonly #row: Int32Array;
  /** Parts of the state that was entered last, half after half, and how many there are up to the end of each half. */
  readonly #entered: Int32Array;
  readonly #enteredSplits: Int32Array;
  /** Numbers of the parts of a half. */
  readonly #half: Int32Array;
  /** Parts up to the end of each half of the state that is being written. */
  readonly #splits: Int32Array;
  readonly #bestSplits: Int32Array;

  /** By which renaming the sides have named everything. */
  #named: Renaming | undefined;

  /** @param symmetry renamings under which states are the same */
  constructor(sides: readonly Side[], symmetry: Symmetry, { processes, pages }: Scope, store: StateStore) {
    this.#sides = sides;
    this.store = store;
    this.#signatures = new Signatures(sides[0].world, processes, pages);
    this.#symmetry = symmetry;
    this.#unchanged = symmetry.at(0);
    this.#least = new LeastRenamings(symmetry, this.#signatures, sides);
    this.#stream = new Stream(this.#unchanged);
    const { length } = this.#stream.ends;
    this.#entered = new Int32Array(length);
    this.#half = new Int32Array(length);
    this.#known = symmetry.size > 1 ? new KnownForms(store.width) : undefined;
    this.#row = new Int32Array(store.width);
    this.#enteredSplits = new Int32Array(store.width);
    this.#splits = new Int32Array(store.width);
    this.#bestSplits = new Int32Array(store.width);
  }

  /**
   * Name the state that the sides are in now. It may leave unimportant things in them changed.
   * @returns its number, NEW or IRREGULAR
   */
  come(): number {
    if (!this.#isRegular()) return IRREGULAR;
    const known = this.#normalise();
    if (known >= 0) return known;
    this.#write_candidate();
    const state = this.store.find(this.#row);
    if (state === ABSENT) return NEW;
    this.#known?.remember(state);
    return state;
  }

  /** Come to the state that the sides are in, and store it. @returns its number or IRREGULAR */
  insert(parent: number, operation: number): number {
    const state = this.come();
    this.store.added = false;
    if (state !== NEW) return state;
    const ints = new Int32Array(CANDIDATE_HEAD + this.length);
    ints.set([parent, operation, this.renaming]);
    ints.set(this.candidate.subarray(0, this.length), CANDIDATE_HEAD);
    this.store.insert(ints, 0);
    return this.store.count - 1;
  }

  /** Put the sides into a state. */
  enter(state: number): void {
    const stream = this.#stream;
    const { parts, halves, states, width } = this.store;
    states.copy(state, this.#row, 0);
    let length = 0;
    let part = 0;
    for (let half = 0; half < width; half++) {
      const end = part + halves.lengthOf(this.#row[half]);
      halves.copy(this.#row[half], this.#entered, part);
      for (; part < end; part++) {
        stream.ints = roomFor(stream.ints, length + parts.lengthOf(this.#entered[part]));
        length = parts.copy(this.#entered[part], stream.ints, length);
      }
      this.#enteredSplits[half] = part;
    }
    stream.read(this.#symmetry.at(this.store.renaming(state)));
    for (const side of this.#sides) {
      side.visitProcesses(stream);
      side.visitObjects(stream);
    }
    this.#named = undefined;
  }

  /** The states that the renamings turn a state into, itself among them, as text: the sides are left anyhow. */
  orbit(state: number): ReadonlySet<string> {
    const forms = new Set<string>();
    for (let number = 0; number < this.#symmetry.size; number++) {
      this.enter(state);
      this.#write(this.#symmetry.at(number), false);
      forms.add(this.#stream.ints.subarray(0, this.#stream.length).join());
    }
    return forms;
  }

  /** Leave the least form of the state in the stream. @returns the state if it is known at once, or -1 */
  #normalise(): number {
    const stream = this.#stream;
    this.renaming = 0;
    this.#write(this.#unchanged, false);
    if (this.#known === undefined) return -1;
    const known = this.#known.find(stream.ints, stream.ends, this.#splits);
    if (known >= 0) return known;
    this.#signatures.take();
    let first = true;
    for (const number of this.#least.find()) {
      const renaming = this.#symmetry.at(number);
      const order = this.#signatures.compare(renaming, first);
      if (order > 0) continue;
      this.#write(renaming, order === 0);
      if (!stream.wins) continue;
      first = false;
      this.renaming = number;
      stream.keep();
      this.#bestSplits.set(this.#splits);
    }
    stream.recall();
    this.#splits.set(this.#bestSplits);
    return -1;
  }

  /** Everything is named, by the renaming that changes nothing. */
  #isRegular(): boolean {
    this.#named = this.#unchanged;
    this.#stream.write(this.#unchanged, false);
    for (const side of this.#sides) {
      side.number(this.#stream);
      if (!side.isRegular()) return false;
    }
    return true;
  }

  /** Write the state under a renaming, to its end, or, in a contest, up to where it has lost. */
  #write(renaming: Renaming, contest: boolean): void {
    const stream = this.#stream;
    stream.write(renaming, contest);
    const named = this.#named === renaming;
    this.#named = renaming;
    for (let i = 0; i < this.#sides.length; i++) {
      const side = this.#sides[i];
      if (!named) side.number(stream);
      if (!side.visitProcesses(stream)) return;
      this.#splits[2 * i] = stream.parts;
      if (!side.visitObjects(stream)) return;
      this.#splits[2 * i + 1] = stream.parts;
    }
  }

  /** Find the halves of the form in the stream, and write what the store needs to insert those that are not there. */
  #write_candidate(): void {
    this.length = 0;
    let part = 0;
    for (let half = 0; half < this.store.width; half++) {
      const first = part;
      part = this.#splits[half];
      const parts = part - first;
      this.#find_parts(half, first, parts);
      const known = this.store.halves.find(this.#half, 0, parts);
      this.#row[half] = known;
      if (known === ABSENT) this.#put_parts(first, parts);
      else this.#put(known);
    }
  }

  /** Number the parts of a half. */
  #find_parts(half: number, first: number, parts: number): void {
    const { ints, ends } = this.#stream;
    const table = this.store.parts;
    const before = half === 0 ? 0 : this.#enteredSplits[half - 1];
    for (let i = 0; i < parts; i++) {
      const from = this.#startOf(first + i);
      const to = ends[first + i];
      // An operation changes few parts: most are those of the state that it was done in.
      const was = this.#entered[before + i];
      this.#half[i] = table.equals(was, ints, from, to) ? was : table.find(ints, from, to);
    }
  }

  #put_parts(first: number, parts: number): void {
    const { ints, ends } = this.#stream;
    this.#put(-1 - parts);
    for (let i = 0; i < parts; i++) {
      if (this.#half[i] !== ABSENT) {
        this.#put(this.#half[i]);
        continue;
      }
      const from = this.#startOf(first + i);
      this.#put(-1 - (ends[first + i] - from));
      for (let at = from; at < ends[first + i]; at++) this.#put(ints[at]);
    }
  }

  /** Where a part of the form in the stream begins. */
  #startOf(part: number): number {
    return part === 0 ? 0 : this.#stream.ends[part - 1];
  }

  #put(int: number): void {
    this.candidate = roomFor(this.candidate, this.length + 1);
    this.candidate[this.length++] = int;
  }
}

/** These ints, or a copy of them: with room for `length`. */
function roomFor<T extends Int32Array>(ints: T, length: number): T | Int32Array<ArrayBuffer> {
  if (length <= ints.length) return ints;
  const copy = new Int32Array(2 * length);
  copy.set(ints);
  return copy;
}
