import { describe, expect, it } from 'vitest';
import { ARENA_PAGES, MAX_RANGE } from '#model/alphabet/bounds';
import { drawRange, Range } from '#properties/arbitraries/ranges';
import { ALWAYS, draftAfter, share, through } from './drafts.js';

const BUFFER = `
  open fd=0
  mmap fd=0 page=8 npages=5 prot=read`;

/** So many ranges after this script, as [first page, pages]. */
function ranges(script: string, partial: number, times = 4_000): (readonly [number, number])[] {
  const draft = draftAfter(script, { partial });
  const range = new Range();
  return Array.from({ length: times }, () => {
    expect(drawRange(draft, range)).toBe(true);
    return [range.page, range.npages] as const;
  });
}

const texts = (found: (readonly [number, number])[]): string[] =>
  [...new Set(found.map(([page, npages]) => `${page}+${npages}`))].sort();

describe('drawRange', () => {
  it('finds nothing where nothing is mapped', () => {
    expect(drawRange(draftAfter(''), new Range())).toBe(false);
  });

  it('is a whole mapping of perf, or all other memory in a row', () => {
    const script = `${BUFFER}
      mmap fd=0 page=14 npages=5 prot=read
      mmap fd=-1 page=19 npages=2 prot=read
      mmap fd=-1 page=21 npages=1 prot=read+write
      mmap fd=-1 page=0 npages=1 prot=read`;
    expect(texts(ranges(script, 0))).toEqual(['0+1', '14+5', '19+3', '8+5']);
  });

  it('lies over a mapping of perf in every way that there is', () => {
    const found = ranges(BUFFER, ALWAYS, 8_000);
    const side = (page: number, first: number, end: number) =>
      page < first ? 'before' : page === first ? 'first' : page < end ? 'inside' : 'other';
    const of = (from: string, to: string): number =>
      share(found, ([page, npages]) => {
        const last = page + npages;
        const ends = last > 8 && last < 13 ? 'inside' : last === 13 ? 'end' : last > 13 ? 'beyond' : 'other';
        return side(page, 8, 13) === from && ends === to;
      });
    // Eighths of all ranges, less what chance may take.
    expect(of('first', 'inside')).toBeGreaterThan(0.1);
    expect(of('first', 'end')).toBeGreaterThan(0.05);
    expect(of('first', 'beyond')).toBeGreaterThan(0.15);
    expect(of('inside', 'inside')).toBeGreaterThan(0.03);
    expect(of('inside', 'end')).toBeGreaterThan(0.125);
    expect(of('inside', 'beyond')).toBeGreaterThan(0.08);
    expect(of('before', 'end')).toBeGreaterThan(0.12);
    expect(of('before', 'beyond')).toBeGreaterThan(0.05);
    expect(found.some(([page, npages]) => page >= 13 || page + npages < 8)).toBe(true);
    expect(found.some(([, npages]) => npages === 0)).toBe(true);
  });

  it('reaches a few pages beyond the mapping, from inside it, on either side', () => {
    const found = ranges(BUFFER, ALWAYS);
    const often = (is: (page: number, end: number) => boolean): boolean =>
      share(found, ([page, npages]) => is(page, page + npages)) > 0.01;
    for (const start of through(2, 12))
      expect([start, often((page, end) => page === start && end === 13)]).toEqual([start, true]);
    for (const last of through(9, 19))
      expect([last, often((page, end) => page === 8 && end === last)]).toEqual([last, true]);
  });

  it('can be said in an operation, also at the ends of the arena', () => {
    const script = `
      mmap fd=-1 page=0 npages=12 prot=read
      mmap fd=-1 page=31 npages=1 prot=read`;
    for (const [page, npages] of ranges(script, ALWAYS)) {
      expect(page).toBeGreaterThanOrEqual(0);
      expect(npages).toBeGreaterThanOrEqual(0);
      expect(npages).toBeLessThanOrEqual(MAX_RANGE);
      expect(page + npages).toBeLessThanOrEqual(ARENA_PAGES);
    }
  });
});
