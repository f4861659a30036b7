// Loads, stores and what the kernel does with memory, on the pages of one process.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRNO } from '#model/alphabet/errno';
import { RECORD_BYTES, SEGV_ACCERR, SEGV_MAPERR, SIGBUS_ADRERR } from '#model/alphabet/observations';
import { WORDS } from '#model/alphabet/operands';
import { type HostSystem, openHost } from '#model/linux/host';
import { pairs, type Step } from './story.js';

let host: HostSystem;
beforeAll(async () => {
  host = await openHost();
});
afterAll(() => host?.close());

const anonymous = (page: number, prot: number): Step => [
  'mmap',
  0,
  { fd: -1, page, npages: 1, prot, flags: 1 },
];
const buffer = (prot: number): Step[] => [
  ['open', 0],
  ['mmap', 0, { page: 0, npages: 3, prot }],
];
const last = async (steps: readonly Step[]): Promise<readonly [number, number] | undefined> =>
  (await pairs(host, steps)).at(-1);

describe('anonymous memory', () => {
  it.each([
    ['store', { page: 0, value: 17 }, 0, 0],
    ['load', { page: 0 }, 0, 16],
    ['xchg', { page: 0, value: 17 }, 0, 16],
    ['cas_fail', { page: 0 }, 0, 16],
    ['write_from', { page: 0 }, 0, 16],
    ['vmsplice', { page: 0 }, 0, 16],
    ['direct_write', { page: 0 }, 0, 16],
    ['mem_read', { page: 0, target: 0 }, 0, 16],
    ['futex', { page: 0, scope: 'private' }, -ERRNO.EAGAIN, 0],
    ['futex', { page: 0, scope: 'shared' }, -ERRNO.EAGAIN, 0],
  ] as const)('%s %j gives %i, %i', async (name, operands, status, value) => {
    const steps: Step[] = [anonymous(0, 3), ['store', 0, { page: 0, value: 16 }], [name, 0, operands]];
    expect(await last(steps)).toEqual([status, value]);
  });

  it.each(['store', 'xchg', 'read_into', 'direct_read', 'mem_write'] as const)(
    '%s leaves its token',
    async (name) => {
      const write: Step = [name, 0, { page: 0, value: 44 }];
      expect(await pairs(host, [anonymous(0, 3), write, ['load', 0, { page: 0 }]])).toEqual([
        [0, 0],
        [0, 0],
        [0, 44],
      ]);
    },
  );

  it('a store to a word that holds bytes counts in pages', async () => {
    const steps: Step[] = [anonymous(3, 3), ['store', 0, { page: 3, word: 'aux_offset', value: 7 }]];
    expect(await last([...steps, ['load', 0, { page: 3, word: 'aux_offset' }]])).toEqual([0, 7]);
    expect(await last([...steps, ['write_from', 0, { page: 3, word: 'aux_offset' }]])).toEqual([0, 7]);
    expect(await last([...steps, ['load', 0, { page: 3, word: 'aux_size' }]])).toEqual([0, 0]);
  });

  it('cas_fail needs permission to write and changes nothing', async () => {
    expect(await last([anonymous(0, 1), ['cas_fail', 0, { page: 0 }]])).toEqual([SEGV_ACCERR, 0]);
    const kept: Step[] = [anonymous(0, 3), ['cas_fail', 0, { page: 0 }], ['load', 0, { page: 0 }]];
    expect(await last(kept)).toEqual([0, 0]);
  });

  it('fetch runs into the page only where that may be executed', async () => {
    expect(await last([anonymous(0, 5), ['fetch', 0, { page: 0 }]])).toEqual([0, 0]);
    expect(await last([anonymous(0, 1), ['fetch', 0, { page: 0 }]])).toEqual([SEGV_ACCERR, 0]);
    expect(await last([['fetch', 0, { page: 0 }]])).toEqual([SEGV_MAPERR, 0]);
  });
});

describe('a page that is not mapped', () => {
  it.each(['load', 'store', 'xchg', 'cas_fail'] as const)('%s is SEGV_MAPERR', async (name) => {
    expect(await last([[name, 0, { page: 31 }]])).toEqual([SEGV_MAPERR, 0]);
  });

  it.each(['read_into', 'write_from', 'vmsplice', 'direct_write', 'direct_read', 'futex'] as const)(
    '%s is EFAULT',
    async (name) => {
      expect(await last([[name, 0, { page: 31 }]])).toEqual([-ERRNO.EFAULT, 0]);
    },
  );

  it.each(['mem_read', 'mem_write'] as const)('%s is EIO', async (name) => {
    expect(await last([[name, 0, { page: 31 }]])).toEqual([-ERRNO.EIO, 0]);
  });

  it('what a failed read left in the pipe does not reach the next one', async () => {
    const steps: Step[] = [
      anonymous(0, 3),
      ['read_into', 0, { page: 9, value: 20 }],
      ['read_into', 0, { page: 0, value: 21 }],
      ['write_from', 0, { page: 9 }],
      ['write_from', 0, { page: 0 }],
    ];
    expect((await pairs(host, steps)).slice(1)).toEqual([
      [-ERRNO.EFAULT, 0],
      [0, 0],
      [-ERRNO.EFAULT, 0],
      [0, 21],
    ]);
  });
});

describe('a perf buffer', () => {
  it('has a control page that can be written and data pages that cannot', async () => {
    expect(await last([...buffer(3), ['store', 0, { page: 0, value: 20 }]])).toEqual([0, 0]);
    expect(await last([...buffer(3), ['store', 0, { page: 1, value: 20 }]])).toEqual([SIGBUS_ADRERR, 0]);
    expect(await last([...buffer(3), ['cas_fail', 0, { page: 2 }]])).toEqual([SIGBUS_ADRERR, 0]);
    expect(await last([...buffer(1), ['store', 0, { page: 0, value: 20 }]])).toEqual([SEGV_ACCERR, 0]);
    expect(await last([...buffer(3), ['read_into', 0, { page: 1, value: 20 }]])).toEqual([-ERRNO.EFAULT, 0]);
  });

  it('says where its data is', async () => {
    expect(await last([...buffer(3), ['load', 0, { page: 0, word: 'data_offset' }]])).toEqual([0, 1]);
    expect(await last([...buffer(3), ['load', 0, { page: 0, word: 'data_size' }]])).toEqual([0, 2]);
  });

  it('shows records as such in every word, and counts them', async () => {
    const words = Array.from({ length: WORDS }, (_, word): Step => ['load', 0, { page: 1, word }]);
    const full: Step[] = [...buffer(3), ['record', 0, { count: 120 }]];
    const shown = await pairs(host, [...full, ...words, ['load', 0, { page: 0, word: 'data_head' }]]);
    expect(shown.slice(3)).toEqual([...words.map(() => [0, RECORD_BYTES]), [0, 120]]);
  });

  it('shows records of fork and exit as records too', async () => {
    const forks = Array.from({ length: 64 }, (): Step[] => [
      ['fork', 0, { child: 1 }],
      ['exit', 1],
    ]).flat();
    const steps: Step[] = [...buffer(3), ...forks, ['load', 0, { page: 1, word: 'aux_offset' }]];
    expect(await last(steps)).toEqual([0, RECORD_BYTES]);
    expect(await last([...steps, ['load', 0, { page: 1, word: 'aux_size' }]])).toEqual([0, RECORD_BYTES]);
  });

  it('shows the headers of records of fork and exit', async () => {
    const header: Step = ['load', 0, { page: 1, word: 'first' }];
    expect(await last([...buffer(3), header])).toEqual([0, 0]);
    expect(await last([...buffer(3), ['fork', 0, { child: 1 }], header])).toEqual([0, RECORD_BYTES]);
    const exited: Step[] = [
      ['open', 0],
      ['fork', 0, { child: 1 }],
      ['mmap', 1, { page: 0, npages: 2, prot: 1 }],
      ['exit', 0],
      ['load', 1, { page: 1, word: 'first' }],
    ];
    expect(await last(exited)).toEqual([0, RECORD_BYTES]);
  });

  it('counts down in a backward buffer', async () => {
    const steps: Step[] = [
      ['open', 0, { flags: 'backward' }],
      ['mmap', 0, { page: 0, npages: 2, prot: 1 }],
      ['record', 0, { count: 3 }],
      ['load', 0, { page: 0, word: 'data_head' }],
    ];
    expect(await last(steps)).toEqual([0, -3]);
  });

  it('stops when it is full, unless it was first mapped for reading only', async () => {
    const head = (prot: number): Step[] => [
      ['open', 0],
      ['mmap', 0, { page: 0, npages: 2, prot }],
      ['record', 0, { count: 200 }],
      ['load', 0, { page: 0, word: 'data_head' }],
    ];
    expect(await last(head(3))).toEqual([0, 127]);
    expect(await last(head(1))).toEqual([0, 200]);
  });
});
