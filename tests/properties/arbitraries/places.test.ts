import { describe, expect, it } from 'vitest';
import { ARENA_PAGES } from '#model/alphabet/bounds';
import type { Draft } from '#properties/arbitraries/draft';
import { anyPlace, clampLength, mappedPage, place } from '#properties/arbitraries/places';
import { ALWAYS, draftAfter, share, through, values } from './drafts.js';

const BUFFER = `
  open fd=0
  mmap fd=0 page=8 npages=3 prot=read+write`;
const BUFFER_AND_ANON = `${BUFFER}
  mmap fd=-1 page=6 npages=2 prot=read
  mmap fd=-1 page=20 npages=2 prot=read`;
/** The AUX area lies before the buffer. */
const WITH_AUX = `
  open fd=0 flags=aux
  mmap fd=0 page=10 npages=3 prot=read+write
  store page=10 word=aux_offset value=3
  store page=10 word=aux_size value=2
  mmap fd=0 page=8 npages=2 prot=read pgoff=3`;
const ONE_PAGE = (page: number): string => `mmap fd=-1 page=${page} npages=1 prot=read`;
const FULL = [0, 12, 24]
  .map((page) => `mmap fd=-1 page=${page} npages=${page === 24 ? 8 : 12} prot=read`)
  .join('\n');

const repeat = (one: () => number, times = 2_000): number[] => Array.from({ length: times }, one);
const places = (draft: Draft, npages: number): number[] => repeat(() => place(draft, npages));
const overlaps = (npages: number, mapped: readonly number[]) => (page: number) =>
  mapped.some((each) => each >= page && each < page + npages);

describe('anyPlace', () => {
  it('is each page from which on the range fits into the arena, and no other', () => {
    const draft = draftAfter('');
    for (const npages of [0, 1, 2, 12]) {
      const fits = ARENA_PAGES - Math.max(npages, 1);
      expect(values(repeat(() => anyPlace(draft, npages)))).toEqual(through(0, fits));
    }
  });
});

describe('place', () => {
  it('is any room for the mapping', () => {
    const draft = draftAfter(BUFFER);
    expect(values(places(draft, 4))).toEqual([...through(0, 4), ...through(11, 28)]);
    expect(values(places(draft, 0))).toEqual([...through(0, 7), ...through(11, 31)]);
  });

  it('is beside a mapping where that is wanted, if there is one', () => {
    expect(values(places(draftAfter(BUFFER, { adjacent: ALWAYS }), 4))).toEqual([4, 11]);
    expect(values(places(draftAfter('', { adjacent: ALWAYS }), 4))).toEqual(through(0, 28));
  });

  it('is over a mapping where that is wanted, of perf or of another kind, or anywhere', () => {
    const draft = draftAfter(BUFFER_AND_ANON, { over: ALWAYS });
    const pages = places(draft, 2);
    const mapped = [6, 7, 8, 9, 10, 20, 21];
    expect(share(pages, overlaps(2, mapped))).toBeGreaterThan(0.75);
    expect(share(pages, (page) => page === 8)).toBeGreaterThan(0.4);
    expect(share(pages, overlaps(2, [20, 21]))).toBeGreaterThan(0.07);
    expect(values(pages)).toEqual(through(0, 30));
  });

  it('is over other memory where nothing is perf', () => {
    const pages = places(draftAfter(ONE_PAGE(16), { over: ALWAYS }), 4);
    expect(share(pages, overlaps(4, [16]))).toBeGreaterThan(0.75);
  });

  it('begins on the mapping or before it, not after it', () => {
    const pages = places(draftAfter(ONE_PAGE(16), { over: ALWAYS }), 4);
    const before = pages.filter((page) => page > 12 && page < 16).length;
    const after = pages.filter((page) => page > 16 && page < 20).length;
    expect(before).toBeGreaterThan(2 * after);
  });

  it('stays in the arena over mappings at its ends', () => {
    for (const page of [0, 31]) {
      const pages = places(draftAfter(ONE_PAGE(page), { over: ALWAYS }), 4);
      expect(values(pages)).toEqual(through(0, 28));
      expect(share(pages, overlaps(4, [page]))).toBeGreaterThan(0.75);
    }
  });

  it('is anywhere when over a mapping is wanted and there is none', () => {
    const pages = places(draftAfter('', { over: ALWAYS }), 1);
    expect(share(pages, (page) => page === 0)).toBeLessThan(0.1);
  });

  it('is over something where there is no room', () => {
    const pages = places(draftAfter(FULL), 5);
    expect(values(pages)).toEqual(through(0, 27));
  });
});

describe('mappedPage', () => {
  it('is mostly of perf, often a control page, at times of other memory', () => {
    const draft = draftAfter(`${WITH_AUX}
      mmap fd=-1 page=20 npages=2 prot=read`);
    const pages = repeat(() => mappedPage(draft, 0));
    expect(values(pages)).toEqual([8, 9, 10, 11, 12, 20, 21]);
    expect(share(pages, (page) => page <= 12)).toBeGreaterThan(0.8);
    expect(share(pages, (page) => page === 10)).toBeGreaterThan(0.25);
    expect(share(pages, (page) => page === 8)).toBeGreaterThan(0.25);
  });

  it('is of perf where the control page is gone', () => {
    const draft = draftAfter(`${WITH_AUX}
      munmap page=10 npages=3`);
    expect(values(repeat(() => mappedPage(draft, 0)))).toEqual([8, 9]);
  });

  it('is of other memory where nothing is perf, and none where nothing is mapped', () => {
    expect(values(repeat(() => mappedPage(draftAfter(ONE_PAGE(16)), 0), 50))).toEqual([16]);
    expect(values(repeat(() => mappedPage(draftAfter(''), 0), 50))).toEqual([-1]);
  });
});

describe('clampLength', () => {
  it('ends with the arena, and is not longer than an operation can say', () => {
    expect(clampLength(30, 9)).toBe(2);
    expect(clampLength(3, 20)).toBe(12);
    expect(clampLength(3, 5)).toBe(5);
  });
});
