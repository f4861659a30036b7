// Operations that name something missing, and those that cannot be done here: nothing is done.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SKIP, UNOBSERVED } from '#model/alphabet/observations';
import { type HostSystem, openHost } from '#model/linux/host';
import { pairs, type Step, tell } from './story.js';

let host: HostSystem;
beforeAll(async () => {
  host = await openHost();
});
afterAll(() => host?.close());

const lastStatus = async (steps: readonly Step[]): Promise<number | undefined> =>
  (await tell(host, steps)).at(-1)?.status;

/** One test a step. */
const each = (steps: readonly Step[]): (readonly [Step])[] => steps.map((step) => [step] as const);

describe('SKIP', () => {
  it.each(
    each([
      ['load', 1, { page: 0 }],
      ['exit', 2],
      ['fork', 0, { child: 0 }],
      ['close', 0, { fd: 1 }],
      ['dup', 0, { fd: 0, newfd: 1 }],
      ['set_output', 0, { fd: 0, target: -1 }],
      ['open', 0, { fd: 0, output: 3 }],
      ['mmap', 0, { fd: 0, page: 0, npages: 1 }],
      ['mmap', 0, { fd: -1, page: 31, npages: 2 }],
      ['munmap', 0, { page: 30, npages: 3 }],
      ['mprotect', 0, { page: 22, npages: 12 }],
      ['madvise', 0, { page: 25, npages: 8 }],
      ['mlock', 0, { page: 31, npages: 2 }],
      ['munlock', 0, { page: 31, npages: 2 }],
      ['mincore', 0, { page: 31, npages: 2 }],
      ['msync', 0, { page: 31, npages: 2 }],
      ['mremap', 0, { page: 31, npages: 2 }],
      ['mremap', 0, { page: 31, npages: 1, new_npages: 2 }],
      ['mremap', 0, { page: 0, npages: 1, new_npages: 2, mode: 'maymove' }],
      ['mremap', 0, { page: 0, npages: 2, new_npages: 2, mode: 'fixed', new_page: 31 }],
      ['mremap', 0, { page: 0, npages: 2, new_npages: 2, mode: 'dontunmap', new_page: 31 }],
      ['vm_readv', 0, { target: 0 }],
      ['vm_writev', 0, { target: 0 }],
      ['ptrace_peek', 0, { target: 0 }],
      ['ptrace_poke', 0, { target: 0 }],
      ['vm_readv', 0, { target: 2 }],
      ['mem_read', 0, { target: 2 }],
      ['mem_write', 0, { target: 1 }],
    ]),
  )('%j', async (step) => {
    expect(await lastStatus([step])).toBe(SKIP);
  });

  it.each(
    each([
      ['open', 0, { fd: 0 }],
      ['dup', 0, { fd: 0, newfd: 0 }],
      ['dup', 0, { fd: 0, newfd: 1 }],
      ['set_output', 0, { fd: 0, target: 2 }],
      ['fork', 0, { child: 1 }],
    ]),
  )('%j when the slots are taken', async (step) => {
    const taken: Step[] = [
      ['open', 0, { fd: 0 }],
      ['open', 0, { fd: 1 }],
      ['fork', 0, { child: 1 }],
    ];
    expect(await lastStatus([...taken, step])).toBe(SKIP);
  });

  it.each(
    each([
      ['munmap', 0, { page: 20, npages: 12 }],
      ['mremap', 0, { page: 0, npages: 2, new_npages: 2, mode: 'maymove', new_page: 31 }],
      ['mremap', 0, { page: 0, npages: 2, new_npages: 3, new_page: 31 }],
      ['mem_read', 0, { target: 0 }],
    ]),
  )('not %j', async (step) => {
    expect(await lastStatus([step])).not.toBe(SKIP);
  });

  it('is the answer to everything after the last process has gone', async () => {
    const steps: Step[] = [
      ['fork', 0, { child: 1 }],
      ['exit', 0],
      ['exit', 1],
      ['maps', 0],
      ['load', 1],
      ['status', 2],
    ];
    expect((await tell(host, steps)).slice(3)).toEqual([
      { status: SKIP, value: 0, view: Array<number>(32).fill(0) },
      { status: SKIP, value: 0, view: [] },
      { status: SKIP, value: 0, view: [0, 0] },
    ]);
  });
});

describe('UNOBSERVED', () => {
  it('is what cannot be done on the host: AUX events, injection, the system-wide limit', async () => {
    const steps: Step[] = [
      ['open', 0, { flags: 'aux' }],
      ['mmap', 0, { fd: 0, page: 0, npages: 1, prot: 1 }],
      ['inject', 0, { site: 'alloc', nth: 0 }],
      ['gift', 0, { pages: 3 }],
      ['headroom', 0],
    ];
    expect(await pairs(host, steps)).toEqual([
      [UNOBSERVED, 0],
      [SKIP, 0],
      [UNOBSERVED, 0],
      [UNOBSERVED, 0],
      [0, host.env.gift + host.env.rlimit],
    ]);
  });

  it('comes after SKIP', async () => {
    expect(await lastStatus([['open', 1, { flags: 'aux' }]])).toBe(SKIP);
    expect(await lastStatus([['open', 0, { flags: 'aux', output: 2 }]])).toBe(SKIP);
  });
});
