import { beforeAll, describe, expect, it } from 'vitest';
import { ARENA_PAGES, PROCS } from '#model/alphabet/bounds';
import type { Renaming } from '#properties/explorer/renaming';
import { Signatures } from '#properties/explorer/signatures';
import { Held, renamingOf, SAME } from './form-kit.js';

const PROCESSES = 2;
const PAGES = 8;
const OTHER = ARENA_PAGES;

/** Two processes, that are alike; in each two events with a mapping each, that are alike. */
let held: Held;
beforeAll(() => {
  held = new Held([
    'fork child=1',
    ...[0, 1].flatMap((p) => [
      `${p}: open fd=0`,
      `${p}: open fd=1`,
      `${p}: mmap fd=0 page=0 npages=2 prot=read`,
      `${p}: mmap fd=1 page=4 npages=2 prot=read`,
    ]),
  ]);
  held.column('world', 'rb.mmap_locked').fill(1, 0, 4);
});

/** What a column has in a row. */
type Cell = readonly [column: string, row: number, to: number];

/** The signatures after these changes, which are then taken back. */
function signed<T>(cells: readonly Cell[], look: (signatures: Signatures) => T): T {
  return held.after(
    () => {
      for (const [column, row, to] of cells) held.column('world', column)[row] = to;
    },
    () => {
      const signatures = new Signatures(held.world, PROCESSES, PAGES);
      signatures.take();
      return look(signatures);
    },
  );
}

/** The order of two, asked both ways. */
function both(compare: (a: number, b: number) => number, a: number, b: number): number {
  const order = compare(a, b);
  expect(compare(b, a)).toBe(0 - order);
  expect([-1, 0, 1]).toContain(order);
  return order;
}
const ofFds = (cells: readonly Cell[], p = 0): number =>
  signed(cells, (s) => both((a, b) => s.compareFds(p, a, b), 0, 1));
const ofStretches = (cells: readonly Cell[], p = 0, length = 2): number =>
  signed(cells, (s) => both((a, b) => s.compareStretches(p, a, b, length), 0, 4));

/** Of the first two events and their buffers, by which their descriptors are told. */
const OF_EVENTS = [
  ...['f_count', 'mmap_count', 'inherit', 'backward', 'has_aux', 'cpu'].map((name) => `event.${name}`),
  ...['mmap_count', 'mmap_locked', 'refcount'].map((name) => `rb.${name}`),
];

describe('descriptors', () => {
  it('are alike where events are, or where there is none', () => {
    expect(ofFds([])).toBe(0);
    expect(ofFds([], 1)).toBe(0);
    expect(
      ofFds([
        ['files.event', 0, 0],
        ['files.event', 1, 0],
      ]),
    ).toBe(0);
    expect(ofFds([['files.event', 1, 0]])).not.toBe(0);
    expect(ofFds([['files.event', 5, 0]])).toBe(0);
    expect(ofFds([['files.event', 5, 0]], 1)).not.toBe(0);
    expect(ofFds([['event.rb', 0, 0]])).not.toBe(0);
  });

  it.each(OF_EVENTS)('are told by %s', (column) => {
    for (const row of [0, 1]) expect(ofFds([[column, row, 5]])).not.toBe(0);
    expect(
      ofFds([
        [column, 0, 5],
        [column, 1, 5],
      ]),
    ).toBe(0);
  });

  it('are told by each way in which an event was opened, from any other', () => {
    const set = (event: number, bits: number): void => {
      const { inherit, backward, has_aux, cpu } = held.world.event;
      for (const [bit, column] of [inherit, backward, has_aux].entries()) column[event] = (bits >> bit) & 1;
      cpu[event] = -(bits >> 3);
    };
    signed([], (signatures) => {
      for (let one = 0; one < 16; one++)
        for (let other = 0; other < 16; other++) {
          set(0, one);
          set(1, other);
          signatures.take();
          expect([one, other, signatures.compareFds(0, 0, 1) === 0]).toEqual([one, other, one === other]);
        }
    });
  });
});

describe('stretches of pages', () => {
  it('are alike where mappings are, or where there is none', () => {
    expect(ofStretches([])).toBe(0);
    expect(ofStretches([], 1)).toBe(0);
    expect(ofStretches([['tree.vma', OTHER, 0]], 0)).toBe(0);
    expect(ofStretches([['tree.vma', OTHER, 0]], 1)).not.toBe(0);
    expect(ofStretches([['vma.file', 4, 0]])).not.toBe(0);
    expect(ofStretches([['tree.vma', 4, 0]])).not.toBe(0);
  });

  it.each(['vma.vm_flags', 'vma.vm_pgoff', 'pte.flags', 'pte.pfn'])('are told by %s', (column) => {
    for (const row of [0, 4]) expect(ofStretches([[column, row, 0]]) === 0).toBe(column === 'vma.vm_pgoff');
    for (const row of [0, 4]) expect(ofStretches([[column, row, 7]]) === 0).toBe(column === 'pte.pfn');
  });

  it('are told by the events that they map', () => {
    for (const column of OF_EVENTS) expect(ofStretches([[column, 1, 5]])).not.toBe(0);
  });

  it('are told by each of their pages, and by no more', () => {
    const cells: readonly Cell[] = [['pte.pfn', 5, 0]];
    expect([1, 2, 3].map((length) => ofStretches(cells, 0, length) === 0)).toEqual([true, false, false]);
  });

  it('are told apart by what permissions an entry has, from one that is not there', () => {
    for (const flags of [0, 1, 2, 3])
      expect(
        ofStretches([
          ['pte.flags', 5, flags],
          ['pte.pfn', 1, 0],
        ]),
      ).not.toBe(0);
  });
});

/**
 * The order of what two renamings come to, asked both ways: the first of all is always less than nothing, and what was less is
 * what the next is compared with.
 */
function ofRenamings(signatures: Signatures, one: Renaming, other: Renaming): number {
  const [there, back] = [
    [one, other],
    [other, one],
  ].map(([first, second]) => {
    expect(Math.sign(signatures.compare(first, true))).toBe(-1);
    expect(signatures.compare(first, false)).toBe(0);
    const order = Math.sign(signatures.compare(second, false));
    const least = order < 0 ? second : first;
    expect(signatures.compare(least, false)).toBe(0);
    if (order !== 0) expect(signatures.compare(least === one ? other : one, false)).toBeGreaterThan(0);
    expect(signatures.compare(least, false)).toBe(0);
    return order;
  });
  expect(back).toBe(0 - there);
  return there;
}

const FDS_KEPT = [0, 1, 2, 3];
const FDS_SWAPPED = [1, 0, 2, 3];
const PAGES_KEPT = Array.from({ length: ARENA_PAGES }, (_, page) => page);
/** The two places of mappings. */
const PAGES_SWAPPED = PAGES_KEPT.map((page) => (page < PAGES ? page ^ 4 : page));
const PROCS_SWAPPED = renamingOf({ procs: [1, 0, 2] });
const orderOf = (cells: readonly Cell[], names = PROCS_SWAPPED): number =>
  signed(cells, (s) => ofRenamings(s, SAME, names));

describe('processes', () => {
  it('are alike where all that they have is', () => {
    expect(orderOf([])).toBe(0);
  });

  it.each<Cell>([
    ['task.pinned_vm', 1, 3],
    ['task.rlimit_memlock', 0, 3],
    ['task.alive', 1, 0],
    ['files.event', 0, 0],
    ['files.event', 5, 0],
    ['files.event', 7, 1],
    ['tree.vma', 4, 0],
    ['pte.pfn', OTHER + 5, 0],
    ['pte.pfn', OTHER + 7, 1],
    ['event.f_count', 2, 5],
    ['rb.refcount', 0, 5],
  ])('are told by %s %i', (...cell) => {
    expect(orderOf([cell])).not.toBe(0);
  });

  it('are not told by what no operation reaches, nor by what the next process has', () => {
    expect(orderOf([['pte.pfn', PAGES, 1]])).toBe(0);
    expect(orderOf([['pte.pfn', OTHER + PAGES, 1]])).toBe(0);
    expect(orderOf([['files.event', 8, 1]])).toBe(0);
  });

  it('are alike whatever their descriptors and pages are called', () => {
    // One is left with its second descriptor and mapping, the other with its first.
    const cells: readonly Cell[] = [
      ...[0, 5].map((fd): Cell => ['files.event', fd, 0]),
      ...[0, 1, OTHER + 4, OTHER + 5].flatMap((page): Cell[] => [
        ['tree.vma', page, 0],
        ['pte.pfn', page, 0],
      ]),
    ];
    const names = { fds: [FDS_SWAPPED, FDS_KEPT, FDS_KEPT], pages: [PAGES_SWAPPED, PAGES_KEPT, PAGES_KEPT] };
    expect(orderOf(cells)).not.toBe(0);
    const [one, other] = [renamingOf(names), renamingOf({ ...names, procs: [1, 0, 2] })];
    expect(signed(cells, (signatures) => ofRenamings(signatures, one, other))).toBe(0);
  });
});

describe('renamings', () => {
  const fds = [0, 1, 2].map(() => FDS_SWAPPED);
  const pages = [0, 1, 2].map(() => PAGES_SWAPPED);

  it('are compared by the order of descriptors', () => {
    expect(orderOf([], renamingOf({ fds }))).toBe(0);
    expect(orderOf([['files.event', 1, 0]], renamingOf({ fds }))).not.toBe(0);
    expect(orderOf([['files.event', 5, 0]], renamingOf({ fds }))).not.toBe(0);
  });

  it('are compared by the order of pages, up to the last', () => {
    expect(orderOf([], renamingOf({ pages }))).toBe(0);
    for (const page of [0, 3, 7, OTHER, OTHER + 7])
      expect(
        orderOf([['pte.pfn', page, held.world.pte.pfn[page] === 0 ? 1 : 0]], renamingOf({ pages })),
      ).not.toBe(0);
  });

  it('are compared where all processes are in use: up to the last page of the last', () => {
    const [p, last] = [PROCS - 1, PAGES - 1];
    const swapped = PAGES_KEPT.map((page) => (page === last || page === last - 1 ? page ^ 1 : page));
    signed([], () => {
      const signatures = new Signatures(held.world, PROCS, PAGES);
      const compare = (): number =>
        ofRenamings(signatures, SAME, renamingOf({ pages: [PAGES_KEPT, PAGES_KEPT, swapped] }));
      held.world.task.alive[p] = 1;
      signatures.take();
      expect(compare()).toBe(0);
      held.world.pte.pfn[p * ARENA_PAGES + last] = 1;
      signatures.take();
      expect(compare()).not.toBe(0);
    });
  });

  it('are the same where they name only what is in a process that is no more', () => {
    const dead: Cell = ['task.alive', 1, 0];
    signed([['files.event', 5, 0]], (signatures) => {
      expect(ofRenamings(signatures, SAME, renamingOf({ fds: [FDS_KEPT, FDS_SWAPPED, FDS_KEPT] }))).not.toBe(
        0,
      );
      held.world.task.alive[1] = 0;
      signatures.take();
      expect(ofRenamings(signatures, SAME, renamingOf({ fds: [FDS_KEPT, FDS_SWAPPED, FDS_KEPT] }))).toBe(0);
    });
    expect(orderOf([dead], renamingOf({ fds, pages }))).toBe(0);
  });

  it('are in one order, whichever is tried first', () => {
    const names = [
      SAME,
      PROCS_SWAPPED,
      renamingOf({ fds }),
      renamingOf({ pages }),
      renamingOf({ procs: [1, 0, 2], fds, pages }),
    ];
    const cells: Cell[] = [
      ['files.event', 1, 0],
      ['pte.flags', OTHER, 0],
      ['task.pinned_vm', 1, 2],
    ];
    signed(cells, (signatures) => {
      const sorted = names.toSorted((a, b) => ofRenamings(signatures, a, b));
      for (const [i, one] of sorted.entries())
        for (const other of sorted.slice(i))
          expect(ofRenamings(signatures, one, other)).toBeLessThanOrEqual(0);
    });
  });
});
