import { describe, expect, it } from 'vitest';
import { MAX_PGOFF, MAX_RANGE } from '#model/alphabet/bounds';
import {
  MMAP_LOCKED,
  MMAP_NOREPLACE,
  MMAP_POPULATE,
  MMAP_PRIVATE,
  MREMAP_DONTUNMAP,
  MREMAP_FIXED,
  MREMAP_MAYMOVE,
  MREMAP_NONE,
  PROT_WRITE,
} from '#model/alphabet/operands';
import { OP } from '#model/alphabet/operations';
import { drawMmap, drawMremap, drawMunmap } from '#properties/arbitraries/draw/mappings';
import { ALWAYS, type Drawn, draftAfter, drawn, share, through, values } from '../drafts.js';

const OPEN = 'open fd=1';
/** Descriptor 1 has a buffer of 3 pages, descriptor 2 has none. */
const BUFFER = `
  open fd=1
  open fd=2
  mmap fd=1 page=4 npages=3 prot=read+write`;
const MEMORY = 'mmap fd=-1 page=3 npages=4 prot=read';
const WIDE = [0, 12, 24].map((page) => `mmap fd=-1 page=${page} npages=8 prot=read`).join('\n');

const mmaps = (script: string, features: object = {}, times = 1_000): Drawn[] =>
  drawn(draftAfter(script, features), drawMmap, times);

describe('mmap of a buffer', () => {
  it('is of an event without one, or once more of one that has it, as the sequence prefers', () => {
    expect(values(mmaps(BUFFER).map(({ fd }) => fd))).toEqual([2]);
    const again = mmaps(BUFFER, { again: ALWAYS });
    expect(values(again.map(({ fd }) => fd))).toEqual([1]);
    expect(values(again.map(({ npages }) => npages))).toEqual([3]);
    expect(values(mmaps(OPEN, { again: ALWAYS }).map(({ fd }) => fd))).toEqual([1]);
  });

  it('has a control page and a power of two of data pages, seldom one or many', () => {
    expect(values(mmaps(OPEN).map(({ npages }) => npages))).toEqual([2, 3, 5]);
    expect(values(mmaps(OPEN, { oddSize: ALWAYS }).map(({ npages }) => npages))).toEqual([1, 9]);
  });

  it('has any size where the sequence is about that, also for the second mapping', () => {
    for (const [script, again] of [
      [OPEN, 0],
      [BUFFER, ALWAYS],
    ] as const) {
      const sizes = mmaps(script, { badSize: ALWAYS, again }).map(({ npages }) => npages);
      expect(values(sizes)).toEqual(through(0, MAX_RANGE));
    }
  });

  it('begins at the start of the file but for a few', () => {
    const offsets = mmaps(OPEN, {}, 4_000).map(({ pgoff }) => pgoff);
    expect(share(offsets, (pgoff) => pgoff === 0)).toBeGreaterThan(0.95);
    expect(values(offsets)).toEqual(through(0, MAX_PGOFF));
  });

  it('has the flags that the sequence is about', () => {
    const flags = (features: object): number[] => values(mmaps(OPEN, features, 50).map((each) => each.flags));
    expect(flags({})).toEqual([0]);
    expect(flags({ private: ALWAYS })).toEqual([MMAP_PRIVATE]);
    expect(flags({ noreplace: ALWAYS })).toEqual([MMAP_NOREPLACE]);
    expect(flags({ populate: ALWAYS })).toEqual([MMAP_POPULATE]);
    expect(flags({ locked: ALWAYS })).toEqual([MMAP_LOCKED]);
  });

  it('is mostly writable where an AUX area can follow, which needs a store', () => {
    const writable = (script: string, capable: boolean): number => {
      const draft = draftAfter(script);
      draft.aux.opened(0, 1, capable);
      return share(drawn(draft, drawMmap, 1_000), ({ prot }) => (prot & PROT_WRITE) !== 0);
    };
    expect(writable(OPEN, true)).toBeGreaterThan(0.8);
    expect(writable(OPEN, false)).toBeLessThan(0.7);
  });

  it('tells the plan of AUX areas where the control page is, but not where another page is', () => {
    for (let i = 0; i < 300; i++) {
      const draft = draftAfter(OPEN);
      draft.rng.seed(i, 9);
      const [{ page, pgoff }] = drawn(draft, drawMmap, 1);
      expect(draft.aux.controlPage(0, 1)).toBe(pgoff === 0 ? page : 0);
    }
  });
});

describe('mmap of anonymous memory', () => {
  it('is drawn where the sequence is about it, and where no event is open', () => {
    expect(values(mmaps(OPEN, { anonymous: ALWAYS }).map(({ fd }) => fd))).toEqual([-1]);
    expect(values(mmaps('').map(({ fd }) => fd))).toEqual([-1]);
    expect(values(mmaps(OPEN).map(({ fd }) => fd))).toEqual([1]);
  });

  it('is mostly of a few pages, mostly private, and has the flags that the sequence is about', () => {
    const found = mmaps('', {}, 2_000);
    expect(values(found.map(({ npages }) => npages))).toEqual(through(1, MAX_RANGE));
    expect(share(found, ({ npages }) => npages <= 4)).toBeGreaterThan(0.75);
    expect(values(found.map(({ flags }) => flags))).toEqual([0, MMAP_PRIVATE]);
    expect(share(found, ({ flags }) => flags === MMAP_PRIVATE)).toBeGreaterThan(0.5);
    const locked = mmaps('', { locked: ALWAYS }).map(({ flags }) => flags);
    expect(values(locked)).toEqual([MMAP_LOCKED, MMAP_LOCKED | MMAP_PRIVATE]);
  });
});

describe('munmap', () => {
  it('is of what is mapped, the more often the more there is', () => {
    const few = drawn(draftAfter(MEMORY), drawMunmap, 1_000);
    expect(few[0]).toMatchObject({ kind: OP.munmap, page: 3, npages: 4 });
    const many = drawn(draftAfter(WIDE), drawMunmap, 1_000);
    expect(few.length).toBeGreaterThan(400);
    expect(few.length).toBeLessThan(600);
    expect(many.length).toBe(1_000);
    expect(drawn(draftAfter(''), drawMunmap, 1_000)).toEqual([]);
  });
});

describe('mremap', () => {
  const found = (script = MEMORY, features: object = {}, times = 3_000): Drawn[] =>
    drawn(draftAfter(script, features), drawMremap, times);

  it('has every mode, and mostly moves to a place that is named', () => {
    const modes = found().map(({ mode }) => mode);
    expect(values(modes)).toEqual([MREMAP_NONE, MREMAP_MAYMOVE, MREMAP_FIXED, MREMAP_DONTUNMAP]);
    expect(share(modes, (mode) => mode === MREMAP_FIXED)).toBeGreaterThan(0.4);
    expect(found('')).toEqual([]);
  });

  it('names what is mapped, seldom without a length', () => {
    const all = found();
    expect(values(all.map(({ page }) => page))).toEqual([3]);
    expect(values(all.map(({ npages }) => npages))).toEqual([0, 4]);
    expect(share(all, ({ npages }) => npages === 0)).toBeLessThan(0.12);
  });

  it('mostly wants another size in place, and the same size elsewhere', () => {
    const all = found();
    const same = (mode: number): number =>
      share(
        all.filter((each) => each.mode === mode && each.npages > 0),
        ({ npages, new_npages }) => npages === new_npages,
      );
    expect(same(MREMAP_NONE)).toBeLessThan(0.4);
    expect(same(MREMAP_NONE)).toBeGreaterThan(0.2);
    expect(same(MREMAP_FIXED)).toBeGreaterThan(0.75);
    expect(same(MREMAP_FIXED)).toBeLessThan(0.9);
    expect(same(MREMAP_DONTUNMAP)).toBeGreaterThan(0.9);
    const sizes = all.filter(({ mode }) => mode === MREMAP_FIXED).map(({ new_npages }) => new_npages);
    expect(values(sizes)).toEqual(through(1, MAX_RANGE));
  });

  it('does not want to grow where the kernel would choose the place', () => {
    const moved = found().filter(({ mode }) => mode === MREMAP_MAYMOVE);
    expect(moved.length).toBeGreaterThan(100);
    expect(moved.every(({ npages, new_npages }) => new_npages <= npages)).toBe(true);
    expect(values(moved.map(({ new_npages }) => new_npages))).toEqual([0, 1, 2, 3, 4]);
  });

  it('does not want more than the arena has', () => {
    const atEnd = found('mmap fd=-1 page=28 npages=4 prot=read', {}, 1_000);
    expect(atEnd.every(({ page, new_npages }) => page + new_npages <= 32)).toBe(true);
  });

  it('names a place where one counts, mostly one with room', () => {
    const all = found();
    const moves = all.filter(({ mode }) => mode === MREMAP_FIXED || mode === MREMAP_DONTUNMAP);
    expect(values(all.filter((each) => !moves.includes(each)).map(({ new_page }) => new_page))).toEqual([0]);
    for (const mode of [MREMAP_FIXED, MREMAP_DONTUNMAP]) {
      const targets = moves.filter((each) => each.mode === mode);
      expect(values(targets.map(({ new_page }) => new_page)).length).toBeGreaterThan(20);
      const free = share(targets, ({ new_page, new_npages }) => new_page >= 7 || new_page + new_npages <= 3);
      expect(free).toBeGreaterThan(0.9);
    }
    const over = moves.filter(({ new_page, new_npages }) => new_page < 7 && new_page + new_npages > 3);
    expect(over.length).toBeGreaterThan(0);
  });
});

describe('what changes memory', () => {
  it.each([
    ['mmap', drawMmap],
    ['munmap', drawMunmap],
    ['mremap', drawMremap],
  ] as const)('%s has the pages that it names looked at again', (_, drawer) => {
    let overlapping = false;
    for (const script of [WIDE, `${WIDE}\n${OPEN}`]) {
      for (let seed = 0; seed < 40; seed++) {
        const draft = draftAfter(script, { over: ALWAYS });
        draft.rng.seed(seed, 1);
        draft.known.view = draftAfter('').known.view;
        const before = draft.known.mapped[0];
        const [{ kind, page, npages, new_npages, new_page, mode }] = drawn(draft, drawer, 1);
        draft.known.refresh(0);
        const named = [...through(page, page + npages - 1)];
        if (kind === OP.mremap) {
          named.push(...through(page, page + new_npages - 1));
          if (mode >= MREMAP_FIXED) named.push(...through(new_page, new_page + new_npages - 1));
        }
        const gone = named.reduce((mask, each) => mask | (1 << each), 0);
        overlapping ||= (before & gone) !== 0;
        expect(draft.known.mapped[0] & gone).toBe(0);
      }
    }
    expect(overlapping).toBe(true);
  });
});
