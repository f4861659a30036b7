// Several processes: fork, exec, exit, and access from one to another.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRNO } from '#model/alphabet/errno';
import { ANY, SEGV_MAPERR, UNLIMITED } from '#model/alphabet/observations';
import { type HostSystem, openHost } from '#model/linux/host';
import { byPrivilege, pairs, type Step, tell } from './story.js';

let host: HostSystem;
beforeAll(async () => {
  host = await openHost();
});
afterAll(() => host?.close());

const anonymous = (flags: string): Step => [
  'mmap',
  0,
  { fd: -1, page: 0, npages: 1, prot: 3, ...(flags === '' ? {} : { flags }) },
];
const last = async (steps: readonly Step[]): Promise<readonly [number, number] | undefined> =>
  (await pairs(host, steps)).at(-1);
const stored: Step[] = [
  anonymous('private'),
  ['store', 0, { page: 0, value: 20 }],
  ['fork', 0, { child: 1 }],
];

describe('fork', () => {
  it('copies private memory and shares shared memory', async () => {
    expect(await last([...stored, ['store', 0, { page: 0, value: 21 }], ['load', 1, { page: 0 }]])).toEqual([
      0, 20,
    ]);
    const shared: Step[] = [anonymous(''), ['fork', 0, { child: 2 }], ['store', 2, { page: 0, value: 33 }]];
    expect(await last([...shared, ['load', 0, { page: 0 }]])).toEqual([0, 33]);
  });

  it('copies the descriptors, and each process closes its own', async () => {
    const steps: Step[] = [
      ['open', 0, { fd: 2 }],
      ['fork', 0, { child: 1 }],
      ['close', 0, { fd: 2 }],
    ];
    expect(await last([...steps, ['mmap', 1, { fd: 2, page: 0, npages: 2, prot: 1 }]])).toEqual([0, 0]);
  });

  it('does not copy a perf mapping', async () => {
    const steps: Step[] = [
      ['open', 0],
      ['mmap', 0, { page: 4, npages: 2, prot: 1 }],
      ['fork', 0, { child: 1 }],
    ];
    expect(await last([...steps, ['load', 1, { page: 4 }]])).toEqual([SEGV_MAPERR, 0]);
  });

  it('can fill a slot again after exit', async () => {
    const again: Step[] = [
      ['exit', 1],
      ['fork', 0, { child: 1 }],
      ['exit', 0],
      ['fork', 1, { child: 0 }],
    ];
    expect(await last([...stored, ...again, ['load', 0, { page: 0 }]])).toEqual([0, 20]);
  });
});

describe('exit', () => {
  it('has given everything back when the next operation begins', async () => {
    const steps: Step[] = [
      ['fork', 0, { child: 1 }],
      ['open', 1],
      ['mmap', 1, { page: 0, npages: 9, prot: 1 }],
      ['headroom', 0],
      ['exit', 1],
      ['headroom', 0],
    ];
    const answers = await pairs(host, steps);
    expect(answers[3]?.[1]).toBe(host.env.gift + host.env.rlimit - 9);
    expect(answers[5]?.[1]).toBe(host.env.gift + host.env.rlimit);
  });
});

describe('exec', () => {
  it('leaves descriptors, and no memory', async () => {
    const steps: Step[] = [anonymous('private'), ['open', 0, { fd: 3 }], ['exec', 0]];
    expect(await last(steps)).toEqual([0, 0]);
    expect(await last([...steps, ['load', 0, { page: 0 }]])).toEqual([SEGV_MAPERR, 0]);
    expect(await last([...steps, ['mmap', 0, { fd: 3, page: 0, npages: 2, prot: 1 }]])).toEqual([0, 0]);
  });

  it('writes one record, in a buffer that somebody else maps', async () => {
    const steps: Step[] = [
      ['open', 0],
      ['fork', 0, { child: 1 }],
      ['mmap', 1, { page: 0, npages: 2, prot: 1 }],
    ];
    const head: Step = ['load', 1, { page: 0, word: 'data_head' }];
    expect(await last([...steps, head])).toEqual([0, 0]);
    expect(await last([...steps, ['exec', 0], head])).toEqual([0, 1]);
    expect(await last([...steps, ['exec', 0], ['exec', 0], ['record', 0, { count: 5 }], head])).toEqual([
      0, 7,
    ]);
  });

  it('keeps cap, the user and the limit', async () => {
    const steps: Step[] = [
      ['setuid', 0, { user: 1 }],
      ['rlimit', 0, { pages: 2 }],
      ['exec', 0],
      ['headroom', 0],
    ];
    expect(await last(steps)).toEqual([0, host.env.gift + 2]);
    expect(
      await last([
        ['cap', 0, { on: 'on' }],
        ['exec', 0],
        ['headroom', 0],
      ]),
    ).toEqual([0, byPrivilege(host, UNLIMITED, host.env.gift + host.env.rlimit)]);
  });

  it('ends what mlockall began', async () => {
    const locked: Step[] = [
      ['cap', 0, { on: 'on' }],
      ['mlockall', 0, { flags: 3 }],
    ];
    const all = (await tell(host, [...locked, ['status', 0]])).at(-1)?.view;
    // Without CAP_IPC_LOCK all of a process is more than it may lock.
    expect(all).toEqual([0, byPrivilege(host, ANY, 0)]);
    expect((await tell(host, [...locked, ['exec', 0], ['status', 0]])).at(-1)?.view).toEqual([0, 0]);
    expect((await tell(host, [...locked, ['fork', 0, { child: 1 }], ['status', 1]])).at(-1)?.view).toEqual([
      0, 0,
    ]);
    expect((await tell(host, [...locked, ['munlockall', 0], ['status', 0]])).at(-1)?.view).toEqual([0, 0]);
  });
});

describe('access to another process', () => {
  it.each(['vm_readv', 'ptrace_peek', 'mem_read'] as const)('%s sees its memory', async (name) => {
    const steps: Step[] = [
      ...stored,
      ['store', 1, { page: 0, value: 55 }],
      [name, 0, { target: 1, page: 0 }],
    ];
    expect(await last(steps)).toEqual([0, 55]);
  });

  it.each(['vm_writev', 'ptrace_poke', 'mem_write'] as const)('%s changes its memory only', async (name) => {
    const steps: Step[] = [...stored, [name, 1, { target: 0, page: 0, value: 60 }]];
    expect(await last(steps)).toEqual([0, 0]);
    expect(await last([...steps, ['load', 0, { page: 0 }]])).toEqual([0, 60]);
    expect(await last([...steps, ['load', 1, { page: 0 }]])).toEqual([0, 20]);
  });

  it('is refused where the user is another', async () => {
    const steps: Step[] = [...stored, ['setuid', 1, { user: 1 }]];
    const refused = (errno: number): readonly number[] => byPrivilege(host, [-errno, 0], [0, 20]);
    expect(await last([...steps, ['vm_readv', 0, { target: 1, page: 0 }]])).toEqual(refused(ERRNO.EPERM));
    expect(await last([...steps, ['ptrace_peek', 0, { target: 1, page: 0 }]])).toEqual(refused(ERRNO.EPERM));
    expect(await last([...steps, ['mem_read', 0, { target: 1, page: 0 }]])).toEqual(refused(ERRNO.EACCES));
  });

  it('is possible again after both changed user, and whatever cap says', async () => {
    const both: Step[] = [
      ['setuid', 0, { user: 1 }],
      ['setuid', 1, { user: 1 }],
      ['cap', 1, { on: 'on' }],
    ];
    for (const name of ['vm_readv', 'ptrace_peek', 'mem_read'] as const)
      expect(await last([...stored, ...both, [name, 0, { target: 1, page: 0 }]])).toEqual([0, 20]);
  });

  it('leaves the target able to act', async () => {
    const often = Array.from({ length: 20 }, (): Step => ['ptrace_peek', 0, { target: 1, page: 0 }]);
    expect(await last([...stored, ...often, ['load', 1, { page: 0 }]])).toEqual([0, 20]);
  });

  it('fails on an address where nothing is', async () => {
    expect(await last([...stored, ['vm_readv', 0, { target: 1, page: 9 }]])).toEqual([-ERRNO.EFAULT, 0]);
    expect(await last([...stored, ['ptrace_poke', 0, { target: 1, page: 9 }]])).toEqual([-ERRNO.EIO, 0]);
    expect(await last([...stored, ['mem_write', 0, { target: 1, page: 9 }]])).toEqual([-ERRNO.EIO, 0]);
  });
});
