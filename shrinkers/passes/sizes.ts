import { MAX_RANGE, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { WORD_AUX_OFFSET, WORD_SCRATCH } from '../../model/alphabet/operands.js';
import { OP } from '../../model/alphabet/operations.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { placesOf, rewritten } from '../edit.js';
import { NPAGES_SLOTS, PAGE_SLOTS, PGOFF_SLOTS } from '../fields.js';

/** Sizes to try for a smaller one: buffers have 1 or 1 + 2^k pages, AUX areas 2^k. */
const SIZES = [1, 2, 3, 4, 5, 8, 9];

function lengthsIn(trace: Trace): number[] {
  const lengths = new Set<number>();
  for (let at = 0; at < trace.ops.length; at += OP_WIDTH) {
    for (const slot of NPAGES_SLOTS[trace.ops[at]]) lengths.add(trace.ops[at + slot]);
  }
  return [...lengths].sort((a, b) => b - a);
}

function* smaller(length: number): Iterable<number> {
  for (const size of SIZES) if (size < length) yield size;
  if (length > 1 && !SIZES.includes(length - 1)) yield length - 1;
}

/** All ranges of one length get a shorter one, and with them what counts in that length: places in the file. */
export function* shortenTogether(trace: Trace): Iterable<Trace> {
  for (const length of lengthsIn(trace)) {
    for (const size of smaller(length)) {
      const shorter = rewritten(trace, (ops, at) => shorten(ops, at, length, size));
      yield rewritten(shorter, (ops, at) => moveInFile(ops, at, length, size));
      yield shorter;
    }
  }
}

function shorten(ops: Int32Array, at: number, length: number, size: number): void {
  for (const slot of NPAGES_SLOTS[ops[at]]) if (ops[at + slot] === length) ops[at + slot] = size;
}

/** An AUX area begins where the data ends: pgoff and the stored aux_offset and aux_size go along. */
function moveInFile(ops: Int32Array, at: number, from: number, to: number): void {
  for (const slot of PGOFF_SLOTS[ops[at]]) if (ops[at + slot] === from) ops[at + slot] = to;
  if (ops[at] === OP.store && ops[at + 3] !== WORD_SCRATCH && ops[at + 4] === from) ops[at + 4] = to;
}

/** One mapping gets shorter, with the ranges that name just it; what named its lost pages names its last one, or the next. */
export function* shortenMappings(trace: Trace): Iterable<Trace> {
  const { ops } = trace;
  for (const at of placesOf(ops, OP.mmap)) {
    const page = ops[at + 3];
    const length = ops[at + 4];
    for (const size of smaller(length)) {
      yield shortened(trace, page, length, size, page + size - 1);
      yield shortened(trace, page, length, size, page);
    }
  }
}

/** The data part of buffers gets shorter, and the AUX area behind it moves up to it. */
export function* shortenData(trace: Trace): Iterable<Trace> {
  const { ops } = trace;
  for (const at of placesOf(ops, OP.mmap)) {
    if (ops[at + 2] < 0 || ops[at + 7] !== 0) continue;
    const length = ops[at + 4];
    for (const size of smaller(length))
      yield rewritten(trace, (copy, to) => shortenBuffer(copy, to, length, size));
  }
}

function shortenBuffer(ops: Int32Array, at: number, length: number, size: number): void {
  if (ops[at] === OP.mmap) {
    if (ops[at + 7] === 0) shorten(ops, at, length, size);
    else if (ops[at + 7] === length) ops[at + 7] = size;
  } else if (ops[at] === OP.store && ops[at + 3] === WORD_AUX_OFFSET && ops[at + 4] === length) {
    ops[at + 4] = size;
  }
}

function shortened(trace: Trace, page: number, length: number, size: number, last: number): Trace {
  return rewritten(trace, (ops, at) => {
    const [pageSlot] = PAGE_SLOTS[ops[at]];
    const [lengthSlot] = NPAGES_SLOTS[ops[at]];
    if (pageSlot === undefined) return;
    const within = ops[at + pageSlot] - page;
    if (within < 0 || within >= length) return;
    if (within >= size) ops[at + pageSlot] = last;
    else if (within === 0) shorten(ops, at, length, size);
    // A part of the mapping still ends where it ends.
    else if (lengthSlot !== undefined) ops[at + lengthSlot] = Math.min(ops[at + lengthSlot], size - within);
  });
}

/** One place in the file for another: pgoff and stored words together. */
export function* lowerFilePlaces(trace: Trace): Iterable<Trace> {
  const places = new Set<number>();
  for (let at = 0; at < trace.ops.length; at += OP_WIDTH) {
    for (const slot of PGOFF_SLOTS[trace.ops[at]]) places.add(trace.ops[at + slot]);
  }
  for (const place of places) {
    for (let lower = 0; lower < Math.min(place, MAX_RANGE); lower++) {
      yield rewritten(trace, (ops, at) => moveInFile(ops, at, place, lower));
    }
  }
}
