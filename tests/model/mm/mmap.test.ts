import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { v6_12 } from '#model/designs/v6.12';
import { run } from '../../support/script.js';

describe('mmap, the checks in their order', () => {
  test('a length of 0 comes first', () => {
    run(advance, 'mmap npages=0 flags=noreplace+locked -> EINVAL');
  });

  test('MAP_FIXED_NOREPLACE: anything in the way is EEXIST, before the lock limit is looked at', () => {
    run(
      advance,
      `
      mmap page=4 npages=1
      rlimit pages=0
      mmap page=2 npages=3 flags=noreplace+locked -> EEXIST
      mmap page=2 npages=2 flags=noreplace        -> ok
      `,
    );
  });

  test('MAP_LOCKED: EPERM without any right to lock, EAGAIN beyond the limit', () => {
    run(
      advance,
      `
      mmap npages=7 flags=private+locked -> EAGAIN
      mmap npages=6 flags=private+locked -> ok
      rlimit pages=0
      mmap npages=1 flags=private+locked -> EPERM
      cap on=on
      mmap npages=9 flags=private+locked -> ok
      mmap npages=9 flags=noreplace      -> EEXIST
      `,
    );
  });

  test('EAGAIN and EPERM leave what is in the way; so does the refusal of PROT_EXEC', () => {
    const s = run(
      advance,
      `
      open fd=0
      mmap npages=2 prot=read
      mmap fd=0 npages=2 prot=read+exec           -> EPERM
      mmap fd=0 npages=2 prot=exec flags=private  -> EPERM
      mmap npages=9 flags=locked                  -> EAGAIN
      maps
      `,
    );
    expect(s.step('maps')).toBe('ok: 0-1 anon r--s');
  });

  test('before the mount of event files was noexec they could be mapped executable', () => {
    run(
      v6_12,
      `
      open fd=0
      mmap fd=0 npages=1 prot=read+exec -> ok
      fetch                             -> ok
      mprotect npages=1 prot=read       -> ok
      mprotect npages=1 prot=exec       -> ok
      `,
    );
  });
});

describe('mmap_region', () => {
  test('what was in the way is gone, and stays so when the file then refuses', () => {
    run(
      advance,
      `
      open fd=0
      mmap page=0 npages=4 prot=read flags=private
      mmap fd=0 page=1 npages=2 prot=read flags=private -> EINVAL
      maps -> ok: 0 anon r--p; 3 anon r--p
      `,
    );
  });

  test('the mappings that it covers are closed before the file maps', () => {
    // With 6 of its pages back, the user can have 12 again: what is covered gives its charge back first.
    run(
      advance,
      `
      rlimit pages=0
      open fd=0
      open fd=1
      mmap fd=0 page=0 npages=9 prot=read
      mmap fd=1 page=9 npages=5 prot=read  -> EPERM
      mmap fd=1 page=0 npages=9 prot=read  -> ok
      headroom                             -> ok 3
      `,
    );
  });

  test('a perf mapping that it would cut refuses, and nothing is unmapped', () => {
    run(
      advance,
      `
      open fd=0
      mmap fd=0 page=2 npages=3 prot=read
      mmap page=0 npages=2 prot=read flags=private
      mmap page=0 npages=3 prot=read+write         -> EINVAL
      mmap page=4 npages=2                         -> EINVAL
      mmap page=3 npages=1                         -> EINVAL
      maps -> ok: 0-1 anon r--p; 2-4 perf r--s dc de dd io pf rss 0
      `,
    );
  });

  test('a file that refuses leaves no entry, no VMA and no reference', () => {
    const s = run(advance, 'open fd=0\n inject site=pgtable nth=2\n mmap fd=0 npages=3 prot=read -> ENOMEM');
    expect(s.w.pte.pfn.some((pfn) => pfn !== 0)).toBe(false);
    expect(s.w.vma.used.some((used) => used !== 0)).toBe(false);
    expect(s.w.event.f_count[0]).toBe(1);
  });

  test('entries that a refusing file leaves behind are zapped (unmap_region)', () => {
    const leaves: Design = {
      ...advance,
      mmap(w, v) {
        const err = advance.mmap(w, v);
        if (err !== 0) w.pte.pfn[v] = 1;
        w.pte.flags[v] |= 1 << 4;
        return err;
      },
    };
    const s = run(leaves, 'open fd=0\n inject site=pgtable\n mmap fd=0 npages=1 prot=read -> ENOMEM');
    expect(s.w.pte.pfn[0]).toBe(0);
  });
});

describe('MAP_POPULATE and MAP_LOCKED', () => {
  test('bring in all pages of a mapping that is faulted in', () => {
    run(
      demand_fault,
      `
      open fd=0
      mmap fd=0 npages=3 prot=read+write flags=populate
      maps -> ok: 0-2 perf rw-s dc de dd rss 3
      `,
    );
  });

  test('a perf mapping is never locked, but its pages come in', () => {
    run(
      demand_fault,
      `
      open fd=0
      mmap fd=0 npages=3 prot=read flags=locked
      maps   -> ok: 0-2 perf r--s dc de dd rss 3
      status -> ok: pin 0, lck 0
      `,
    );
  });

  test('so do they under mlockall(MCL_FUTURE | MCL_ONFAULT): the mapping loses that flag, too', () => {
    run(
      demand_fault,
      `
      open fd=0
      mlockall flags=future+onfault
      mmap fd=0 npages=3 prot=read
      maps -> ok: 0-2 perf r--s dc de dd rss 3
      mmap page=4 npages=2 prot=read flags=private
      mincore page=4 npages=2 -> ok
      `,
    );
  });

  test('PROT_NONE pages do not come in', () => {
    run(
      demand_fault,
      `
      open fd=0
      mmap fd=0 npages=1 flags=populate
      maps -> ok: 0 perf ---s dc de dd rss 0
      `,
    );
  });

  test('locked memory is counted and shown', () => {
    run(
      advance,
      `
      mmap npages=3 prot=read+write flags=private+locked
      maps   -> ok: 0-2 anon rw-p lo
      status -> ok: pin 0, lck 3
      mmap page=1 npages=1 prot=read flags=private
      status -> ok: pin 0, lck 2
      mmap page=8 npages=3 prot=read flags=private+locked
      status -> ok: pin 0, lck 5
      `,
    );
  });
});
