import { ARENA_PAGES } from '../../model/alphabet/bounds.js';

/**
 * Sets of arena pages as 32-bit masks, bit i for page i: finding room or a neighbour is then arithmetic, and a
 * generator needs no list of mappings.
 */

/** Pages `page` to `page + npages - 1`, as far as they lie in the arena. */
export function rangeMask(page: number, npages: number): number {
  if (npages <= 0 || page >= ARENA_PAGES) return 0;
  const ones = npages >= 32 ? -1 : (1 << npages) - 1;
  return ones << page;
}

/**
 * Pages at which `npages` pages of the set follow each other.
 * @param npages 1 to 12
 */
export function runStarts(set: number, npages: number): number {
  let starts = set;
  // Shifts add up to npages - 1; zeros come in from above, so no run reaches beyond the arena.
  let width = 1;
  while (width * 2 <= npages) {
    starts &= starts >>> width;
    width *= 2;
  }
  return starts & (starts >>> (npages - width));
}

/** First page of the unbroken run of the set that holds `page`. */
export function runFirst(set: number, page: number): number {
  // The highest page below that is not in the set; its next is the first of the run.
  const gaps = ~set & rangeMask(0, page);
  return 32 - Math.clz32(gaps);
}

/** The page after the unbroken run of the set that holds `page`, at most the end of the arena. */
export function runEnd(set: number, page: number): number {
  const gaps = ~set & (-2 << page);
  return gaps === 0 ? ARENA_PAGES : 31 - Math.clz32(gaps & -gaps);
}
