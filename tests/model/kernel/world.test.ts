import { describe, expect, test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { NEVER_RETURNS, TABLE_FULL } from '#model/kernel/stop';
import { WARN_PTE_PRESENT, WARN_RB_DOUBLE_FREE, WARNINGS, warn } from '#model/kernel/warn';
import { addressOf, endOf, mmOf, World } from '#model/kernel/world';
import { MAX_PAGES } from '#model/mm/tables';
import { run } from '../../support/script.js';

describe('World', () => {
  test('reset brings back the start of a sequence, whatever has happened', () => {
    const fresh = new World(advance);
    fresh.reset(DEFAULT_ENV);
    const s = run(
      advance,
      `
      open fd=0
      mmap fd=0 npages=3 prot=read+write
      store value=17
      mmap fd=-1 page=8 npages=4 prot=read+write
      mlock page=8 npages=2
      record count=5
      fork child=1
      1: mmap fd=0 page=1 npages=1 prot=read -> EINVAL
      `,
    );
    expect(s.w.words).not.toEqual(fresh.words);
    s.system.reset(DEFAULT_ENV);
    expect(s.w.words).toEqual(fresh.words);
  });

  test('begins with every page free, in one list', () => {
    const { page, sys } = new World(advance);
    const free: number[] = [];
    for (let p = sys.free_page[0]; p !== 0 && free.length <= MAX_PAGES; p = page.next[p - 1]) free.push(p);
    expect(free).toEqual(Array.from({ length: MAX_PAGES }, (_, i) => i + 1));
  });

  test('reset takes the environment', () => {
    const w = new World(advance);
    w.reset({ gift: 3, rlimit: 4, paranoid: -1, pku: true, thp: false, ksm: true, aux: false });
    const { gift, paranoid, pku, thp, ksm, aux } = w.sys;
    expect([gift, paranoid, pku, thp, ksm, aux].map((column) => column[0])).toEqual([3, -1, 1, 0, 1, 0]);
    expect(w.task.rlimit_memlock[0]).toBe(4);
    w.reset({ ...DEFAULT_ENV, pku: false, thp: true, ksm: false, aux: true });
    expect([pku, thp, ksm, aux].map((column) => column[0])).toEqual([0, 1, 0, 1]);
  });

  test('addresses name a process and a page of its arena', () => {
    expect(mmOf(addressOf(2, 31))).toBe(2);
    expect(endOf(1)).toBe(addressOf(2, 0));
  });

  test('unwatched, it tells nobody of entries and freed pages', () => {
    const s = run(advance, 'open fd=0\n mmap fd=0 npages=1 prot=read\n munmap npages=1');
    const moments: string[] = [];
    s.w.watch = {
      pteSet: (_w, address) => moments.push(`entry at ${address}`),
      pageFreed: (_w, page) => moments.push(`page ${page} freed`),
    };
    s.run('mmap fd=0 page=4 npages=2 prot=read\n munmap page=4 npages=2');
    expect(moments).toEqual(['entry at 4', 'entry at 5', 'page 0 freed', 'page 1 freed']);
  });

  test('remembers the first warning', () => {
    const w = new World(advance);
    warn(w, WARN_PTE_PRESENT);
    warn(w, WARN_RB_DOUBLE_FREE);
    expect(WARNINGS[w.sys.warned[0]]).toContain('Bad page map');
  });
});

test('what stops an operation says why', () => {
  expect(TABLE_FULL.message).toContain('table of the model is full');
  expect(NEVER_RETURNS.message).toContain('never returns');
});
