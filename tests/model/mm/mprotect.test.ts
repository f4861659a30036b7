import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_14 } from '#model/designs/v6.14';
import { PTE_ACCESS, PTE_WRITE } from '#model/mm/flags';
import { run } from '../../support/script.js';

describe('mprotect', () => {
  test('of no length is ok, even over nothing', () => {
    run(advance, 'mprotect npages=0 prot=exec -> ok');
  });

  test('stops at a hole with ENOMEM; what is below has changed, what is above has not', () => {
    run(
      advance,
      `
      mmap page=0 npages=2 prot=read
      mmap page=3 npages=2 prot=read
      mprotect page=0 npages=5 prot=read+write -> ENOMEM
      maps -> ok: 0-1 anon rw-s; 3-4 anon r--s
      mprotect page=2 npages=3 -> ENOMEM
      mprotect page=8 npages=3 -> ENOMEM
      `,
    );
  });

  test('makes VMAs of a part of anonymous memory, and merges them again', () => {
    const s = run(
      advance,
      `
      mmap npages=6 prot=read+write flags=private
      mprotect page=2 npages=2 prot=read
      maps -> ok: 0-1 anon rw-p; 2-3 anon r--p; 4-5 anon rw-p
      mprotect page=2 npages=2 prot=read+write
      `,
    );
    expect(s.w.vma.end[0]).toBe(6);
  });

  test('of a part of a perf mapping is EINVAL if it would change, and ok if not', () => {
    run(
      advance,
      `
      open fd=0
      mmap page=0 npages=1 prot=read
      mmap fd=0 page=1 npages=3 prot=read
      mprotect page=0 npages=3 prot=read+write -> EINVAL
      mprotect page=2 npages=1 prot=read       -> ok
      maps -> ok: 0 anon rw-s; 1-3 perf r--s dc de dd io pf rss 0
      `,
    );
  });

  test('cuts one in three where the design lets it', () => {
    const s = run(
      v6_14,
      'open fd=0\n mmap fd=0 npages=5 prot=read\n mprotect page=1 npages=2 prot=read+write',
    );
    expect(s.w.rb.mmap_count[0]).toBe(3);
    expect(s.step('maps')).toBe(
      'ok: 0 perf r--s dc de dd io pf rss 0; 1-2 perf rw-s dc de dd io pf pgoff 1 rss 0; ' +
        '3-4 perf r--s dc de dd io pf pgoff 3 rss 0',
    );
  });

  test('PROT_EXEC is EACCES where VM_MAYEXEC is gone', () => {
    run(advance, 'open fd=0\n mmap fd=0 npages=1 prot=read\n mprotect npages=1 prot=read+exec -> EACCES');
  });

  test('takes the right to write away, and gives it back to the page that has been written', () => {
    for (const design of [advance, demand_fault]) {
      const s = run(
        design,
        `
        open fd=0
        mmap fd=0 npages=2 prot=read+write
        load page=1
        store value=17
        mprotect npages=2 prot=read
        store value=18         -> SEGV_ACCERR
        mprotect npages=2
        load                   -> SEGV_ACCERR
        mprotect npages=2 prot=read+write
        `,
      );
      expect(s.w.pte.flags[0] & PTE_WRITE).toBe(PTE_WRITE);
      expect(s.w.pte.flags[1] & PTE_WRITE).toBe(0);
      s.run('store page=1 value=19 -> SIGBUS\n store value=18 -> ok\n load -> ok 18');
    }
  });

  test('leaves empty entries and the mapping above as they are', () => {
    const s = run(
      demand_fault,
      `
      open fd=0
      mmap fd=0 page=0 npages=2 prot=read
      mmap fd=0 page=2 npages=2 prot=read
      load page=2
      mprotect page=0 npages=2
      load page=2 -> ok
      mprotect page=0 npages=2 prot=read+write
      `,
    );
    expect([...s.w.pte.flags.slice(0, 4)]).toEqual([0, 0, PTE_ACCESS, 0]);
  });

  test('a clean control page has to ask again', () => {
    const s = run(
      advance,
      'open fd=0\n mmap fd=0 npages=1 prot=read\n load\n mprotect npages=1 prot=read+write',
    );
    expect(s.w.pte.flags[0] & PTE_WRITE).toBe(0);
    s.run('store value=17 -> ok');
  });

  test('locked private memory that becomes writable comes in; shared, on-fault or readable does not', () => {
    run(
      advance,
      `
      mmap page=0 npages=2 flags=private
      mlock page=0 npages=2                    -> ENOMEM
      mprotect page=0 npages=2 prot=read       -> ok
      mincore page=0 npages=2                  -> ok
      mprotect page=0 npages=2 prot=read+write -> ok
      mincore page=0 npages=2                  -> ok 3
      mmap page=4 npages=2
      mlock page=4 npages=2                    -> ENOMEM
      mprotect page=4 npages=2 prot=read+write -> ok
      mincore page=4 npages=2                  -> ok
      mmap page=8 npages=1 flags=private
      mlock page=8 npages=1 flags=onfault      -> ok
      mprotect page=8 npages=1 prot=read+write -> ok
      mincore page=8 npages=1                  -> ok
      `,
    );
  });
});
