import { describe, expect, it } from 'vitest';
import { alphabetOf } from '#properties/explorer/alphabet';
import type { Bounds } from '#properties/explorer/bounds';
import { NAMED_BOUNDS } from '#properties/explorer/named-bounds';
import type { Renaming } from '#properties/explorer/renaming';
import { Symmetry } from '#properties/explorer/symmetry';

type Operations = Bounds['operations'];
type Operation = Operations[number];

const symmetryOf = (operations: Operations, processes = 1, whole = true): Symmetry =>
  new Symmetry(alphabetOf({ name: 'some', processes, records: 'unseen', operations }), processes, whole);
const sizeOf = (operations: Operations, processes = 1): number => symmetryOf(operations, processes).size;

const open = (fd: number[], more: Operation['with'] = {}): Operation => ({
  op: 'open',
  with: { fd, ...more },
});
const load = (page: number[], more: Operation['with'] = {}): Operation => ({
  op: 'load',
  with: { page, ...more },
});
const unmap = (page: number[], npages: number): Operation => ({
  op: 'munmap',
  with: { page, npages: [npages] },
});

describe('what may be swapped', () => {
  it.each<[number, string, Operations, number]>([
    [2, 'two that may do the same', [{ op: 'exit' }], 2],
    [6, 'three that may do the same', [{ op: 'exit' }], 3],
    [1, 'one of which may do more', [{ op: 'exit' }, { op: 'exec', with: { proc: [0] } }], 2],
    [2, 'one of three of which may do more', [{ op: 'exit', with: { proc: [1] } }], 3],
    [2, 'each may fork any', [{ op: 'fork', with: { child: [0, 1] } }], 2],
    [1, 'only one can be forked', [{ op: 'fork', with: { child: [1] } }], 2],
    [1, 'only one can be read', [{ op: 'vm_readv', with: { target: [1] } }], 2],
    [2, 'each may read any', [{ op: 'vm_readv', with: { target: [0, 1] } }], 2],
  ])('of processes: %i ways where %3$i are there, %s', (ways, _why, operations, processes) => {
    expect(sizeOf(operations, processes)).toBe(ways);
    expect(symmetryOf(operations, processes).procs.length).toBe(ways);
  });

  it.each<[number, string, Operations]>([
    [1, 'when none is named', [{ op: 'exit' }]],
    [2, 'when both may be taken', [{ op: 'setuid', with: { user: [0, 1] } }]],
    [
      2,
      'when both may be taken, among other things',
      [{ op: 'setuid', with: { user: [0, 1] } }, { op: 'exit' }],
    ],
    [1, 'when one may be taken', [{ op: 'setuid', with: { user: [1] } }]],
  ])('of users: %i ways %s', (ways, _why, operations) => {
    expect(sizeOf(operations)).toBe(ways);
  });

  it.each<[number, string, Operations]>([
    [1, 'one', [open([0])]],
    [2, 'two', [open([0, 1])]],
    [2, 'two others', [open([1, 3])]],
    [6, 'three', [open([0, 1, 2])]],
    [1, 'of two one can be closed', [open([0, 1]), { op: 'close', with: { fd: [0] } }]],
    [2, 'of three one can be closed', [open([0, 1, 2]), { op: 'close', with: { fd: [1] } }]],
    [1, 'the one can be copied to the other', [{ op: 'dup', with: { fd: [0], newfd: [1] } }]],
    [
      2,
      'each can be copied to the other',
      [
        { op: 'dup', with: { fd: [0], newfd: [1] } },
        { op: 'dup', with: { fd: [1], newfd: [0] } },
      ],
    ],
    [2, 'each can be the output of the other', [open([0], { output: [1] }), open([1], { output: [0] })]],
    [2, 'each can be copied to each', [{ op: 'dup', with: { fd: [0, 1], newfd: [0, 1] } }]],
    [2, 'each can be the output', [open([0, 1], { output: [-1, 0, 1] })]],
    [1, 'one can be the output', [open([0, 1], { output: [-1, 0] })]],
    [
      2,
      'each can be redirected to each, or to none',
      [{ op: 'set_output', with: { fd: [0, 1], target: [-1, 0, 1] } }],
    ],
    [1, 'one can be redirected to', [{ op: 'set_output', with: { fd: [0, 1], target: [1] } }]],
    [2, 'named as targets only', [{ op: 'set_output', with: { fd: [0], target: [1, 2] } }]],
  ])('of descriptors: %i ways: %s', (ways, _why, operations) => {
    expect(sizeOf(operations)).toBe(ways);
    expect(symmetryOf(operations).fds[0].permutations.length).toBe(ways);
  });

  it.each<[number, string, Operations]>([
    [1, 'one page', [load([0])]],
    [2, 'two pages', [load([0, 2])]],
    [1, 'neighbours', [load([0, 1])]],
    [6, 'three ranges of a size', [unmap([1, 4, 7], 2)]],
    [1, 'two pages that belong together, and one', [load([0, 1, 3])]],
    [
      1,
      'one can be stored to, whatever the numbers read like one after the other',
      [
        load([1, 3]),
        { op: 'store', with: { page: [3], word: [1], value: [20] } },
        { op: 'store', with: { page: [11], word: [2], value: [0] } },
      ],
    ],
    [1, 'ranges of two sizes', [unmap([0], 2), unmap([3], 1)]],
    [1, 'one can be loaded from', [unmap([0, 3], 2), load([0])]],
    [2, 'the second page of each can be loaded from', [unmap([0, 3], 2), load([1, 4])]],
    [1, 'the second page of one and the first of the other can be', [unmap([0, 3], 2), load([1, 3])]],
    [
      2,
      'each can be moved to each',
      [{ op: 'mremap', with: { page: [0, 3], npages: [2], new_npages: [2], new_page: [0, 3] } }],
    ],
    [
      1,
      'each can be moved to one',
      [{ op: 'mremap', with: { page: [0, 3], npages: [2], new_npages: [2], new_page: [0] } }],
    ],
  ])('of pages: %i ways: %s', (ways, _why, operations) => {
    expect(sizeOf(operations)).toBe(ways);
    expect(symmetryOf(operations).stretches[0].permutations.length).toBe(ways);
  });

  it('is so in each process by itself', () => {
    expect(sizeOf([open([0, 1])], 2)).toBe(2 * 2 * 2);
    const { fds, procs } = symmetryOf([open([0, 1], { proc: [0] }), open([0], { proc: [1] })], 2);
    expect([procs.length, ...fds.map(({ permutations }) => permutations.length)]).toEqual([1, 2, 1]);
    expect(sizeOf([open([0, 1], { proc: [0] })], 2)).toBe(2);
  });

  it('is the pages of the process that is read, not of the reader', () => {
    const reads: Operation = { op: 'vm_readv', with: { proc: [0], target: [1], page: [0, 2] } };
    const { stretches } = symmetryOf([reads, load([0], { proc: [0] })], 2);
    expect(stretches.map(({ permutations }) => permutations.length)).toEqual([1, 2]);
    const only = symmetryOf(
      [{ ...reads, with: { ...reads.with, page: [0] } }, load([0, 2], { proc: [0] })],
      2,
    );
    expect(only.stretches.map(({ permutations }) => permutations.length)).toEqual([2, 1]);
  });

  it('is what those can swap, too, that a process forks, or that these fork', () => {
    const forks = (proc: number, child: number): Operation => ({
      op: 'fork',
      with: { proc: [proc], child: [child] },
    });
    const may: Operations = [
      open([0, 1], { proc: [0, 1] }),
      unmap([0, 3], 1),
      { op: 'close', with: { proc: [2], fd: [0] } },
      load([0], { proc: [2] }),
    ];
    const fdsOf = (operations: Operations) =>
      symmetryOf(operations, 3).fds.map(({ permutations }) => permutations.length);
    const placesOf = (operations: Operations) =>
      symmetryOf(operations, 3).stretches.map(({ permutations }) => permutations.length);
    for (const kind of [fdsOf, placesOf]) {
      expect(kind(may)).toEqual([2, 2, 1]);
      expect(kind([...may, forks(0, 1)])).toEqual([2, 2, 1]);
      expect(kind([...may, forks(1, 2)])).toEqual([2, 1, 1]);
      expect(kind([...may, forks(0, 1), forks(1, 2)])).toEqual([1, 1, 1]);
      expect(kind([...may, forks(2, 0), forks(2, 1)])).toEqual([2, 2, 1]);
    }
  });

  it('is nothing when nobody asks for it; the stretches are there all the same', () => {
    const { size, slots, procs, users } = symmetryOf([open([0, 1]), unmap([0, 3], 2)], 2, false);
    expect([size, procs.length, users.length]).toEqual([1, 1, 1]);
    expect(slots.map(({ start }) => start)).toEqual([0, 3]);
  });

  it('is refused when there are more renamings than a state can be stored with', () => {
    const operations = [open([0, 1, 2, 3]), load([0, 2, 4, 6, 8])];
    expect(() => sizeOf(operations, 3)).toThrow(new RangeError('more than 2147483647 renamings'));
    expect(sizeOf(operations, 2)).toBe(2 * 24 ** 2 * 120 ** 2);
  });
});

/** A renaming as text. */
const textOf = ({ procTo, userTo, fds, pages }: Renaming): string =>
  [procTo, userTo, ...fds.map(({ to }) => to), ...pages.map(({ to }) => to)].map(String).join(' ');

describe('the numbers of renamings', () => {
  const symmetry = symmetryOf(
    [open([0, 1, 2]), unmap([0, 3], 2), { op: 'setuid', with: { user: [0, 1] } }],
    2,
  );
  const { procs, users, fds, stretches, size } = symmetry;

  it('say which permutations each is made of', () => {
    const numbers = new Set<number>();
    for (const [p, proc] of procs.entries())
      for (const [u, user] of users.entries())
        for (const [a, fdsOf0] of fds[0].permutations.entries())
          for (const [b, fdsOf1] of fds[1].permutations.entries())
            for (const [c, pagesOf0] of stretches[0].permutations.entries())
              for (const [d, pagesOf1] of stretches[1].permutations.entries()) {
                const number = symmetry.number(p, u, [a, b], [c, d]);
                numbers.add(number);
                const made = symmetry.at(number);
                expect([made.procTo, made.userTo]).toEqual([proc.to, user.to]);
                expect(made.fds.slice(0, 2)).toEqual([fdsOf0, fdsOf1]);
                expect(made.pages.slice(0, 2)).toEqual([pagesOf0, pagesOf1]);
              }
    expect([Math.min(...numbers), Math.max(...numbers), numbers.size]).toEqual([0, size - 1, size]);
  });

  it('begin with that which changes nothing, and each is another', () => {
    const texts = Array.from({ length: size }, (_, number) => textOf(symmetry.at(number)));
    expect(new Set(texts).size).toBe(size);
    for (const { from, to } of [...symmetry.at(0).fds, ...symmetry.at(0).pages]) expect(from).toEqual(to);
    expect(symmetry.at(0).within).toEqual([false, false, false]);
    expect([...symmetry.at(0).procTo, ...symmetry.at(0).userTo]).toEqual([0, 1, 2, 0, 1]);
    expect(symmetry.at(5)).toBe(symmetry.at(5));
  });

  it('move whole stretches of pages, and leave the others', () => {
    const [, swapped] = stretches[0].permutations;
    expect([...swapped.to.subarray(0, 8)]).toEqual([3, 4, 2, 0, 1, 5, 6, 7]);
    expect([...swapped.to.subarray(8)]).toEqual(Array.from({ length: 24 }, (_, i) => 8 + i));
  });
});

describe('named bounds', () => {
  it('have as many renamings as can be stored', () => {
    for (const bounds of NAMED_BOUNDS)
      expect(new Symmetry(alphabetOf(bounds), bounds.processes, true).size).toBeGreaterThan(0);
  });
});
