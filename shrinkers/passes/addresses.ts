import { ARENA_PAGES, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OP } from '../../model/alphabet/operations.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { placesOf, rewritten } from '../edit.js';
import { PAGE_SLOTS } from '../fields.js';

function pagesIn(trace: Trace): number[] {
  const pages = new Set<number>();
  for (let at = 0; at < trace.ops.length; at += OP_WIDTH) {
    for (const slot of PAGE_SLOTS[trace.ops[at]]) pages.add(trace.ops[at + slot]);
  }
  return [...pages].sort((a, b) => a - b);
}

/** Every page operand in [first, end) moves by the same distance. */
function moved(trace: Trace, first: number, end: number, by: number): Trace {
  return rewritten(trace, (ops, at) => {
    for (const slot of PAGE_SLOTS[ops[at]]) {
      const page = ops[at + slot];
      if (page >= first && page < end) ops[at + slot] = page + by;
    }
  });
}

/** Everything from some page on moves down: the gap below it closes, wholly or by a page. */
export function* closeGaps(trace: Trace): Iterable<Trace> {
  for (const first of pagesIn(trace)) {
    for (let by = first; by > 0; by >>= 1) yield moved(trace, first, ARENA_PAGES, -by);
  }
}

/** What lies in one mapping moves with it, to a lower place. */
export function* lowerMappings(trace: Trace): Iterable<Trace> {
  const { ops } = trace;
  for (const at of placesOf(ops, OP.mmap)) {
    const first = ops[at + 3];
    const end = first + Math.max(ops[at + 4], 1);
    for (let page = 0; page < first; page++) yield moved(trace, first, end, page - first);
  }
}

/** All that name one page name a lower one. */
export function* lowerPages(trace: Trace): Iterable<Trace> {
  for (const page of pagesIn(trace)) {
    for (let lower = 0; lower < page; lower++) yield moved(trace, page, page + 1, lower - page);
  }
}

/** Two mappings change places, with what lies in them: the one that is made first lies lower. */
export function* swapMappings(trace: Trace): Iterable<Trace> {
  const { ops } = trace;
  const mappings = placesOf(ops, OP.mmap);
  for (const [i, at] of mappings.entries()) {
    for (const later of mappings.slice(i + 1)) {
      if (ops[at + 3] <= ops[later + 3]) continue;
      const [upper, lower] = [ops[at + 3], ops[later + 3]];
      yield swapped(trace, upper, longestAt(trace, upper), lower, longestAt(trace, lower));
    }
  }
}

/** Pages of the longest mapping that begins at a page. */
function longestAt({ ops }: Trace, page: number): number {
  const there = placesOf(ops, OP.mmap).filter((at) => ops[at + 3] === page);
  return Math.max(...there.map((at) => ops[at + 4]));
}

/** What lies in the upper range goes to the start of the lower, and what lies in the lower to the end of the upper. */
function swapped(trace: Trace, upper: number, pages: number, lower: number, others: number): Trace {
  const end = upper + pages;
  return rewritten(trace, (ops, at) => {
    for (const slot of PAGE_SLOTS[ops[at]]) {
      const page = ops[at + slot];
      if (page >= upper && page < end) ops[at + slot] = page - upper + lower;
      else if (page >= lower && page < lower + others) ops[at + slot] = page - lower + end - others;
    }
  });
}

/** Two pages change places in every operation that names them. */
export function* swapPages(trace: Trace): Iterable<Trace> {
  const pages = pagesIn(trace);
  for (const [i, high] of pages.entries()) {
    for (const low of pages.slice(0, i)) {
      yield rewritten(trace, (ops, at) => {
        for (const slot of PAGE_SLOTS[ops[at]]) {
          const page = ops[at + slot];
          if (page === high) ops[at + slot] = low;
          else if (page === low) ops[at + slot] = high;
        }
      });
    }
  }
}
