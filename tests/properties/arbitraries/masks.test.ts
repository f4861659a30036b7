import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeMask, runEnd, runFirst, runStarts } from '#properties/arbitraries/masks';

const PAGES = 32;
const set = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
const page = fc.integer({ min: 0, max: PAGES - 1 });
const has = (mask: number, at: number): boolean => at >= 0 && at < PAGES && ((mask >>> at) & 1) === 1;
const pages = (mask: number): number[] =>
  Array.from({ length: PAGES }, (_, i) => i).filter((i) => has(mask, i));

describe('rangeMask', () => {
  it('holds the pages of the range that are in the arena', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -1, max: 40 }), (first, npages) => {
        const wanted = Array.from({ length: PAGES }, (_, i) => i).filter(
          (i) => i >= first && i < first + npages,
        );
        expect(pages(rangeMask(first, npages))).toEqual(wanted);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('runStarts', () => {
  it('holds the pages at which so many pages of the set follow each other', () => {
    fc.assert(
      fc.property(set, fc.integer({ min: 1, max: 12 }), (mask, npages) => {
        const starts = pages(mask).filter((i) =>
          Array.from({ length: npages }, (_, k) => has(mask, i + k)).every(Boolean),
        );
        expect(pages(runStarts(mask, npages))).toEqual(starts);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds room anywhere in an empty arena but at its end', () => {
    expect(pages(runStarts(-1, 12))).toEqual(Array.from({ length: 21 }, (_, i) => i));
  });
});

describe('runFirst and runEnd', () => {
  it('are the ends of the unbroken run that holds a page', () => {
    fc.assert(
      fc.property(set, page, (mask, at) => {
        const holding = mask | (1 << at);
        let first = at;
        while (has(holding, first - 1)) first--;
        let end = at + 1;
        while (has(holding, end)) end++;
        expect([runFirst(holding, at), runEnd(holding, at)]).toEqual([first, end]);
      }),
      { numRuns: 1000 },
    );
  });
});
