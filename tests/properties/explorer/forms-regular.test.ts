import { beforeAll, describe, expect, it } from 'vitest';
import { ARENA_PAGES } from '#model/alphabet/bounds';
import { VIEW_PERF } from '#model/alphabet/observations';
import { MAX_PAGES } from '#model/mm/tables';
import { MAX_EVENTS, MAX_RBS } from '#model/perf/tables';
import { Held, type Which } from './form-kit.js';

/** What stands in a row of a column; it is changed in turn. */
type Change = readonly [column: string, row: number, to: number];

let held: Held;
/** Two processes of three are there, with a mapping each; of pages, 0 and 1 are in use. */
beforeAll(() => {
  held = new Held(['open fd=0', 'mmap fd=0 page=0 npages=2 prot=read', 'fork child=1'], {
    scope: { processes: 3, pages: 8 },
  });
});
const regularAfter = (which: Which, changes: readonly Change[]): boolean =>
  held.after(
    () => {
      for (const [column, row, to] of changes) held.column(which, column)[row] = to;
    },
    () => held.isRegular(which),
  );

const DEAD = 2 * ARENA_PAGES;

describe('a state has a normal form', () => {
  it.each<[what: string, changes: readonly Change[]]>([
    ['as it is', []],
    ['with a page that nothing maps but that is in use', [['pte.pfn', 5, 2]]],
    ['whatever lies where no operation reaches', [['pte.pfn', 8, 9]]],
  ])('%s', (_, changes) => {
    expect(regularAfter('world', changes)).toBe(true);
  });

  it.each<[what: string, changes: readonly Change[]]>([
    ['an event', [['event.used', 1, 1]]],
    ['the last event', [['event.used', MAX_EVENTS - 1, 1]]],
    ['a buffer', [['rb.used', 1, 1]]],
    ['the last buffer', [['rb.used', MAX_RBS - 1, 1]]],
    ['a page', [['page.state', 2, 1]]],
    ['the last page', [['page.state', MAX_PAGES - 1, 1]]],
  ])('but not with %s that nothing refers to', (_, changes) => {
    expect(regularAfter('world', changes)).toBe(false);
  });

  it.each<[what: string, changes: readonly Change[]]>([
    ['is free', [['page.state', 0, 0]]],
    ['is free and has a reference', [['page.refcount', 2, 1]]],
    ['is free and is counted as mapped', [['page.mapcount', 2, 1]]],
    ['is free, the last one, and has a reference', [['page.refcount', MAX_PAGES - 1, 1]]],
    ['no buffer has', [['pte.pfn', 5, 3]]],
    ['no buffer has, at the start of an arena', [['pte.pfn', ARENA_PAGES + 2, 9]]],
    ['no buffer has, at the end of what operations reach', [['pte.pfn', ARENA_PAGES + 7, 3]]],
    ['a process has that is no more', [['pte.pfn', DEAD, 1]]],
  ])('but not with a page in use or mapped that %s', (_, changes) => {
    expect(regularAfter('world', changes)).toBe(false);
  });

  it.each<[what: string, changes: readonly Change[]]>([
    ['in use that is not in the tree', [['vma.used', 4, 1]]],
    ['in the tree that is not in use', [['tree.vma', 4, 5]]],
    [
      'of a process that is no more',
      [
        ['vma.used', DEAD, 1],
        ['tree.vma', DEAD, DEAD + 1],
      ],
    ],
  ])('but not with a VMA %s', (_, changes) => {
    expect(regularAfter('world', changes)).toBe(false);
  });

  it.each([
    ['event', 'eventRefs'],
    ['buffer', 'bufferMappings'],
    ['mapping', 'mapPages'],
  ])('but not where the specification has an %s that nothing refers to', (_, column) => {
    expect(regularAfter('spec', [])).toBe(true);
    for (const row of [2, held.column('spec', column).length - 1])
      expect(regularAfter('spec', [[column, row, 1]])).toBe(false);
  });
});

describe('what is beyond the scope', () => {
  it('is not looked at, nor named', () => {
    const small = new Held(['open fd=0', 'mmap fd=0 page=0 npages=2 prot=read'], {
      scope: { processes: 1, pages: 8 },
    });
    const wholes = [small.write('world'), small.write('spec')];
    // A mapping of another event, at the page after the last, and at the first of the process after the last.
    for (const page of [8, ARENA_PAGES]) {
      small.column('world', 'tree.vma')[page] = page + 1;
      small.column('world', 'vma.file')[page] = 2;
      small.column('spec', 'cellView')[page] = VIEW_PERF;
      small.column('spec', 'cellMap')[page] = 2;
      small.column('spec', 'mapEvent')[page] = 2;
    }
    expect(small.isRegular('world')).toBe(true);
    expect([small.write('world'), small.write('spec')]).toEqual(wholes);
  });
});
