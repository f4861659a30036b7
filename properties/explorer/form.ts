import type { Numbering } from './numbering.js';
import type { Stream } from './stream.js';

/** Which part of a state a search tells apart. */
export interface Scope {
  /** Process slots in use. */
  readonly processes: number;
  /** Pages of each arena that operations reach. */
  readonly pages: number;
  /** What the kernel writes into buffers is a part of the state. */
  readonly records: boolean;
}

/**
 * The normal form of a model's state: what matters of it, under names that depend on nothing else. The same methods write it
 * and read it back, part by part, as `Stream` says.
 */
export interface Form {
  /** Before a state is read: forget all. */
  clear(): void;
  /** Before a state is written: name everything. */
  number(stream: Stream): void;
  /** After that: everything in use has a name, and what is not in use is as good as new. Else the form has no words for it. */
  isRegular(): boolean;
  /** What belongs to no process. */
  system(stream: Stream): void;
  /** The process of this new name. */
  process(stream: Stream, name: number): void;
  /** Events that were named; while reading, known after `system`. */
  readonly events: number;
  event(stream: Stream, name: number): void;
  readonly buffers: number;
  buffer(stream: Stream, name: number): void;
}

/** Whether every row that is in use has a name: its column is 0 where a row is free. */
export function allNamed(used: Int32Array, names: Numbering): boolean {
  for (let row = 0; row < used.length; row++) if (used[row] !== 0 && names.of(row) === 0) return false;
  return true;
}
