// maps, status, headroom, and the limits behind it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRNO } from '#model/alphabet/errno';
import * as o from '#model/alphabet/observations';
import { type HostSystem, openHost } from '#model/linux/host';
import { byPrivilege, pairs, type Step, tell } from './story.js';

let host: HostSystem;
beforeAll(async () => {
  host = await openHost({ gift: 20, rlimit: 9 });
});
afterAll(() => host?.close());

const lastView = async (steps: readonly Step[]): Promise<readonly number[]> =>
  (await tell(host, steps)).at(-1)?.view ?? [];
const lastValue = async (steps: readonly Step[]): Promise<number | undefined> =>
  (await tell(host, steps)).at(-1)?.value;

describe('maps', () => {
  it('shows anonymous pages with their permissions, and nothing elsewhere', async () => {
    const view = await lastView([
      ['mmap', 0, { fd: -1, page: 2, npages: 2, prot: 3, flags: 'private' }],
      ['mmap', 0, { fd: -1, page: 31, npages: 1, prot: 5 }],
      ['maps', 0],
    ]);
    const looked = o.VIEW_KIND | o.VIEW_R | o.VIEW_W | o.VIEW_X | o.VIEW_SHARED | o.VIEW_FIRST;
    const expected = Array<number>(32).fill(o.VIEW_NONE);
    expected.fill(o.VIEW_ANON | o.VIEW_R | o.VIEW_W, 2, 4);
    expected[31] = o.VIEW_ANON | o.VIEW_R | o.VIEW_X | o.VIEW_SHARED;
    expect(view.map((word) => word & looked)).toEqual(expected);
  });

  it('shows perf pages with their place in the buffer', async () => {
    const view = await lastView([
      ['open', 0],
      ['mmap', 0, { page: 5, npages: 3, prot: 3 }],
      ['maps', 0],
    ]);
    const shown = view.slice(4, 9).map((word) => ({
      kind: word & o.VIEW_KIND,
      pgoff: (word >> o.VIEW_PGOFF_SHIFT) & o.VIEW_PGOFF_MASK,
      isFirst: (word & o.VIEW_FIRST) !== 0,
      copied: (word & o.VIEW_DC) === 0,
    }));
    expect(shown).toEqual([
      { kind: o.VIEW_NONE, pgoff: 0, isFirst: false, copied: true },
      { kind: o.VIEW_PERF, pgoff: 0, isFirst: true, copied: false },
      { kind: o.VIEW_PERF, pgoff: 1, isFirst: false, copied: false },
      { kind: o.VIEW_PERF, pgoff: 2, isFirst: false, copied: false },
      { kind: o.VIEW_NONE, pgoff: 0, isFirst: false, copied: true },
    ]);
  });

  it.each([
    [1, o.VIEW_RR],
    [2, o.VIEW_SR],
    [13, o.VIEW_DD],
    [7, o.VIEW_DC],
    [15, o.VIEW_WF],
  ])('shows the flag that advice %i sets', async (advice, flag) => {
    const map: Step = ['mmap', 0, { fd: -1, page: 0, npages: 3, prot: 3, flags: 'private' }];
    const before = await lastView([map, ['maps', 0]]);
    const after = await lastView([map, ['madvise', 0, { page: 1, npages: 1, advice }], ['maps', 0]]);
    expect(after.map((word, page) => word ^ (before[page] ?? 0))).toEqual(
      after.map((_, page) => (page === 1 ? flag : 0)),
    );
  });

  it('shows locked pages, and on-fault locking', async () => {
    const map: Step = ['mmap', 0, { fd: -1, page: 0, npages: 3, prot: 3, flags: 'private' }];
    const view = await lastView([map, ['mlock', 0, { page: 0, npages: 2, flags: 'onfault' }], ['maps', 0]]);
    expect(view.slice(0, 3).map((word) => word & o.VIEW_LO)).toEqual([o.VIEW_LO, o.VIEW_LO, 0]);
  });
});

describe('status', () => {
  it('counts locked and pinned pages, of the process that asks', async () => {
    const steps: Step[] = [
      ['mmap', 0, { fd: -1, page: 0, npages: 3, prot: 3, flags: 'private' }],
      ['mlock', 0, { page: 0, npages: 3 }],
      ['open', 0],
      ['mmap', 0, { page: 8, npages: 9, prot: 1 }],
      ['open', 0, { fd: 1 }],
      ['mmap', 0, { fd: 1, page: 17, npages: 9, prot: 1 }],
      ['open', 0, { fd: 2 }],
      ['mmap', 0, { fd: 2, page: 26, npages: 5, prot: 1 }],
      ['fork', 0, { child: 1 }],
    ];
    expect(await lastView([...steps, ['status', 0]])).toEqual([3, 3]);
    expect(await lastView([...steps, ['status', 1]])).toEqual([0, 0]);
  });
});

describe('mincore', () => {
  it('gives a bit for each page', async () => {
    const steps: Step[] = [
      ['mmap', 0, { fd: -1, page: 0, npages: 5, prot: 3, flags: 'private' }],
      ['store', 0, { page: 1, value: 20 }],
      ['store', 0, { page: 4, value: 20 }],
    ];
    expect(await lastValue([...steps, ['mincore', 0, { page: 0, npages: 5 }]])).toBe(0b10010);
    expect(await lastValue([...steps, ['mincore', 0, { page: 1, npages: 3 }]])).toBe(0b1);
    expect((await pairs(host, [...steps, ['mincore', 0, { page: 4, npages: 2 }]])).at(-1)).toEqual([
      -ERRNO.ENOMEM,
      0,
    ]);
  });
});

describe('headroom', () => {
  it('is what env promises, and less by what is mapped', async () => {
    expect(await lastValue([['headroom', 0]])).toBe(29);
    const mapped: Step[] = [
      ['open', 0],
      ['mmap', 0, { page: 0, npages: 9, prot: 1 }],
    ];
    expect(await lastValue([...mapped, ['headroom', 0]])).toBe(20);
    expect(await lastValue([...mapped, ['munmap', 0, { page: 0, npages: 9 }], ['headroom', 0]])).toBe(29);
  });

  it.each([0, 1, 63, 64])('follows the limit of %i pages', async (pages) => {
    expect(
      await lastValue([
        ['rlimit', 0, { pages }],
        ['headroom', 0],
      ]),
    ).toBe(20 + pages);
  });

  it('is without limit with CAP_IPC_LOCK', async () => {
    expect(
      await lastValue([
        ['cap', 0, { on: 'on' }],
        ['headroom', 0],
      ]),
    ).toBe(byPrivilege(host, o.UNLIMITED, 29));
    expect(
      await lastValue([
        ['cap', 0, { on: 'on' }],
        ['cap', 0, { on: 'off' }],
        ['headroom', 0],
      ]),
    ).toBe(29);
  });

  it('is each user by itself', async () => {
    const mapped: Step[] = [
      ['open', 0],
      ['mmap', 0, { page: 0, npages: 9, prot: 1 }],
      ['setuid', 0, { user: 1 }],
    ];
    expect(await lastValue([...mapped, ['headroom', 0]])).toBe(byPrivilege(host, 29, 20));
    expect(await lastValue([...mapped, ['setuid', 0, { user: 0 }], ['headroom', 0]])).toBe(20);
  });

  it('is not looked at where an mmap could fail for VmLck', async () => {
    const future: Step = ['mlockall', 0, { flags: 'future' }];
    expect(await lastValue([future, ['headroom', 0]])).toBe(o.ANY);
    expect(await lastValue([future, ['munlockall', 0], ['headroom', 0]])).toBe(29);
    expect(await lastValue([future, ['fork', 0, { child: 1 }], ['headroom', 1]])).toBe(29);
  });
});
