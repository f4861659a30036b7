// Each flag and mode of the memory operations reaches the kernel: shown on anonymous memory, where all kernels agree.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRNO } from '#model/alphabet/errno';
import { SEGV_ACCERR, SEGV_MAPERR, VIEW_KIND } from '#model/alphabet/observations';
import { ADVICE_VALUE } from '#model/alphabet/operands';
import { type HostSystem, openHost } from '#model/linux/host';
import { pairs, type Step, tell } from './story.js';

let host: HostSystem;
beforeAll(async () => {
  host = await openHost();
});
afterAll(() => host?.close());

const PRIVATE = 1;
const NOREPLACE = 2;
const POPULATE = 4;
const LOCKED = 8;

const map = (page: number, npages: number, flags = PRIVATE, prot = 3): Step => [
  'mmap',
  0,
  { fd: -1, page, npages, prot, flags },
];
const last = async (...steps: readonly Step[]): Promise<readonly [number, number] | undefined> =>
  (await pairs(host, steps)).at(-1);
const lastView = async (...steps: readonly Step[]): Promise<readonly number[]> =>
  (await tell(host, steps)).at(-1)?.view ?? [];
/** Which of the first pages are mapped. */
const mapped = async (count: number, ...steps: readonly Step[]): Promise<boolean[]> =>
  (await lastView(...steps, ['maps', 0])).slice(0, count).map((word) => (word & VIEW_KIND) !== 0);

describe('mmap', () => {
  it('replaces what is there, or not', async () => {
    const stored: Step[] = [map(0, 2), ['store', 0, { page: 0, value: 20 }]];
    expect(await last(...stored, map(0, 1), ['load', 0, { page: 0 }])).toEqual([0, 0]);
    expect(await last(...stored, map(0, 1, PRIVATE | NOREPLACE))).toEqual([-ERRNO.EEXIST, 0]);
    expect(await last(...stored, map(1, 2, PRIVATE | NOREPLACE))).toEqual([-ERRNO.EEXIST, 0]);
    expect(await last(...stored, map(2, 2, PRIVATE | NOREPLACE))).toEqual([0, 0]);
  });

  it('populates when it is told to', async () => {
    const mincore: Step = ['mincore', 0, { page: 4, npages: 3 }];
    expect(await last(map(4, 3), mincore)).toEqual([0, 0b000]);
    expect(await last(map(4, 3, PRIVATE | POPULATE), mincore)).toEqual([0, 0b111]);
  });

  it('locks when it is told to', async () => {
    expect(await lastView(map(4, 3), ['status', 0])).toEqual([0, 0]);
    expect(await lastView(map(4, 3, PRIVATE | LOCKED), ['status', 0])).toEqual([0, 3]);
  });

  it('gives the rights that it is asked for', async () => {
    expect(await last(map(0, 1, PRIVATE, 0), ['load', 0, { page: 0 }])).toEqual([SEGV_ACCERR, 0]);
    expect(await last(map(0, 1, PRIVATE, 1), ['store', 0, { page: 0 }])).toEqual([SEGV_ACCERR, 0]);
    expect(await last(map(0, 1, PRIVATE, 3), ['fetch', 0, { page: 0 }])).toEqual([SEGV_ACCERR, 0]);
    expect(await last(map(0, 0))).toEqual([-ERRNO.EINVAL, 0]);
  });
});

describe('munmap and mprotect', () => {
  it('act on their range', async () => {
    const unmap: Step = ['munmap', 0, { page: 1, npages: 2 }];
    expect(await mapped(5, map(0, 4), unmap)).toEqual([true, false, false, true, false]);
    const protect: Step = ['mprotect', 0, { page: 1, npages: 1, prot: 1 }];
    expect(await last(map(0, 3), protect, ['store', 0, { page: 1 }])).toEqual([SEGV_ACCERR, 0]);
    expect(await last(map(0, 3), protect, ['store', 0, { page: 2 }])).toEqual([0, 0]);
  });
});

describe('mremap', () => {
  const stored: Step[] = [map(0, 2), ['store', 0, { page: 0, value: 20 }]];
  const move = (mode: string, npages: number, new_npages: number): Step => [
    'mremap',
    0,
    { page: 0, npages, new_npages, mode, new_page: 8 },
  ];

  it('grows and shrinks in place', async () => {
    expect(await mapped(5, ...stored, move('none', 2, 4))).toEqual([true, true, true, true, false]);
    expect(await mapped(3, ...stored, move('none', 2, 1))).toEqual([true, false, false]);
    expect(await last(...stored, map(2, 1, PRIVATE, 1), move('none', 2, 3))).toEqual([-ERRNO.ENOMEM, 0]);
    expect(await mapped(3, ...stored, move('maymove', 2, 1))).toEqual([true, false, false]);
  });

  it('moves, and leaves the old place empty or mapped', async () => {
    expect(await last(...stored, move('fixed', 2, 2), ['load', 0, { page: 8 }])).toEqual([0, 20]);
    expect(await last(...stored, move('fixed', 2, 2), ['load', 0, { page: 0 }])).toEqual([SEGV_MAPERR, 0]);
    expect(await last(...stored, move('dontunmap', 2, 2), ['load', 0, { page: 8 }])).toEqual([0, 20]);
    expect(await last(...stored, move('dontunmap', 2, 2), ['load', 0, { page: 0 }])).toEqual([0, 0]);
    expect(await last(...stored, move('dontunmap', 2, 1))).toEqual([-ERRNO.EINVAL, 0]);
  });
});

describe('mlock', () => {
  it('brings pages in, or waits for their fault', async () => {
    const lock = (flags: number): Step => ['mlock', 0, { page: 0, npages: 2, flags }];
    const mincore: Step = ['mincore', 0, { page: 0, npages: 2 }];
    expect(await last(map(0, 2), lock(0), mincore)).toEqual([0, 0b11]);
    expect(await last(map(0, 2), lock(1), mincore)).toEqual([0, 0b00]);
    expect(await lastView(map(0, 2), lock(1), ['status', 0])).toEqual([0, 2]);
    expect(await lastView(map(0, 2), lock(0), ['munlock', 0, { page: 1, npages: 1 }], ['status', 0])).toEqual(
      [0, 1],
    );
  });

  it('is limited', async () => {
    const limit: Step = ['rlimit', 0, { pages: 1 }];
    expect(await last(map(0, 2), limit, ['mlock', 0, { page: 0, npages: 2 }])).toEqual([-ERRNO.ENOMEM, 0]);
    expect(await last(map(0, 2), limit, ['mlock', 0, { page: 0, npages: 1 }])).toEqual([0, 0]);
  });
});

describe('mlockall', () => {
  const all = (flags: number): Step => ['mlockall', 0, { flags }];
  it('takes its flags', async () => {
    expect(await last(all(0))).toEqual([-ERRNO.EINVAL, 0]);
    expect(await last(all(4))).toEqual([-ERRNO.EINVAL, 0]);
    expect(await last(all(1))).toEqual([-ERRNO.ENOMEM, 0]);
    expect(await last(all(2))).toEqual([0, 0]);
    expect(await lastView(all(2), map(0, 3), ['status', 0])).toEqual([0, 3]);
    expect(await last(all(2), map(0, 3), ['mincore', 0, { page: 0, npages: 3 }])).toEqual([0, 0b111]);
    expect(await last(all(6), map(0, 3), ['mincore', 0, { page: 0, npages: 3 }])).toEqual([0, 0b000]);
    expect(await lastView(all(2), map(0, 3), ['munlockall', 0], ['status', 0])).toEqual([0, 0]);
  });
});

describe('msync', () => {
  it('takes its flags', async () => {
    const sync = (flags: number): Step => ['msync', 0, { page: 0, npages: 1, flags }];
    const [SYNC, ASYNC, INVALIDATE] = [4, 1, 2];
    expect(await last(map(0, 1), sync(SYNC | ASYNC))).toEqual([-ERRNO.EINVAL, 0]);
    expect(await last(map(0, 1), sync(SYNC | INVALIDATE))).toEqual([0, 0]);
    expect(await last(map(0, 1, PRIVATE | LOCKED), sync(SYNC))).toEqual([0, 0]);
    expect(await last(map(0, 1, PRIVATE | LOCKED), sync(INVALIDATE))).toEqual([-ERRNO.EBUSY, 0]);
    expect(await last(sync(SYNC))).toEqual([-ERRNO.ENOMEM, 0]);
  });
});

describe('madvise', () => {
  const advise = (number: number): Step => [
    'madvise',
    0,
    { page: 0, npages: 1, advice: ADVICE_VALUE.indexOf(number) },
  ];
  const stored: Step[] = [map(0, 1), ['store', 0, { page: 0, value: 20 }]];
  const load: Step = ['load', 0, { page: 0 }];

  it('takes the number that the kernel knows', async () => {
    const [NORMAL, DONTNEED, REMOVE, WIPEONFORK, POPULATE_WRITE, UNKNOWN] = [0, 4, 9, 18, 23, 99];
    expect(await last(...stored, advise(NORMAL), load)).toEqual([0, 20]);
    expect(await last(...stored, advise(DONTNEED), load)).toEqual([0, 0]);
    expect(await last(...stored, advise(REMOVE))).toEqual([-ERRNO.EINVAL, 0]);
    expect(await last(...stored, advise(UNKNOWN))).toEqual([-ERRNO.EINVAL, 0]);
    expect(await last(map(0, 1), advise(POPULATE_WRITE), ['mincore', 0, { page: 0, npages: 1 }])).toEqual([
      0, 1,
    ]);
    const wiped: Step[] = [...stored, advise(WIPEONFORK), ['fork', 0, { child: 1 }]];
    expect(await last(...wiped, ['load', 1, { page: 0 }])).toEqual([0, 0]);
  });
});

describe('events', () => {
  const buffer = (fd: number, page: number): Step[] => [
    ['open', 0, { fd }],
    ['mmap', 0, { fd, page, npages: 2, prot: 3 }],
  ];
  const head = (page: number): Step => ['load', 0, { page, word: 'data_head' }];

  it('write where set_output, or open, says', async () => {
    const two: Step[] = [...buffer(0, 0), ['open', 0, { fd: 1 }]];
    expect(await last(...two, ['record', 0, { count: 3 }], head(0))).toEqual([0, 3]);
    expect(
      await last(...two, ['set_output', 0, { fd: 1, target: 0 }], ['record', 0, { count: 3 }], head(0)),
    ).toEqual([0, 6]);
    const redirected: Step = ['open', 0, { fd: 1, output: 0 }];
    expect(await last(...buffer(0, 0), redirected, ['record', 0, { count: 3 }], head(0))).toEqual([0, 6]);
    expect(
      await last(
        ...buffer(0, 0),
        redirected,
        ['set_output', 0, { fd: 1, target: -1 }],
        ['record', 0, { count: 3 }],
        head(0),
      ),
    ).toEqual([0, 3]);
    expect(await last(...two, ['set_output', 0, { fd: 1, target: 1 }])).toEqual([-ERRNO.EINVAL, 0]);
  });

  it('on CPU 0 see what runs there, and are not of one kind with those on any CPU', async () => {
    const bound: Step[] = [
      ['open', 0, { fd: 0, flags: 'cpu' }],
      ['mmap', 0, { fd: 0, page: 0, npages: 2, prot: 3 }],
    ];
    expect(await last(...bound, ['record', 0, { count: 3 }], head(0))).toEqual([0, 3]);
    const other: Step[] = [
      ['open', 0, { fd: 1 }],
      ['set_output', 0, { fd: 1, target: 0 }],
    ];
    expect(await last(...bound, ...other)).toEqual([-ERRNO.EINVAL, 0]);
  });

  it('are inherited where they are told to be', async () => {
    const inherited = (flags: number): Step[] => [
      ['open', 0, { fd: 0, flags }],
      ['mmap', 0, { fd: 0, page: 0, npages: 2, prot: 3 }],
      ['fork', 0, { child: 1 }],
      ['record', 1, { count: 5 }],
      head(0),
    ];
    const [CPU, INHERIT] = [2, 1];
    // Each has the record of the fork too.
    expect(await last(...inherited(CPU))).toEqual([0, 1]);
    expect(await last(...inherited(CPU | INHERIT))).toEqual([0, 6]);
  });

  it('live as long as a descriptor or a mapping of them', async () => {
    const twice: Step[] = [
      ['open', 0, { fd: 0 }],
      ['dup', 0, { fd: 0, newfd: 3 }],
      ['close', 0, { fd: 0 }],
    ];
    expect(await last(...twice, ['mmap', 0, { fd: 3, page: 0, npages: 2, prot: 3 }])).toEqual([0, 0]);
    const kept: Step[] = [...buffer(0, 0), ['close', 0, { fd: 0 }], ['record', 0, { count: 2 }]];
    expect(await last(...kept, head(0))).toEqual([0, 2]);
  });
});
