import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { v6_12 } from '#model/designs/v6.12';
import type { World } from '#model/kernel/world';
import { PTE_DIRTY, VM_DONTCOPY, VM_MIXEDMAP } from '#model/mm/flags';
import { run } from '../../support/script.js';

describe('fork', () => {
  test('VM_DONTCOPY: the child has no perf mapping, and may map the same buffer by its descriptor', () => {
    for (const design of [advance, demand_fault]) {
      const s = run(
        design,
        `
        open fd=0
        mmap fd=0 npages=3 prot=read+write
        store value=17
        fork child=1
        1: load                            -> SEGV_MAPERR
        1: mmap fd=0 page=8 npages=3 prot=read
        1: load page=8                     -> ok 17
        munmap npages=3
        1: load page=8                     -> ok 17
        1: store page=8 value=18           -> SEGV_ACCERR
        `,
      );
      expect(s.w.rb.mmap_count[0]).toBe(1);
      expect(s.w.event.f_count[0]).toBe(3);
    }
  });

  test('copies private memory, shares shared memory', () => {
    run(
      advance,
      `
      mmap page=0 npages=2 prot=read+write flags=private
      mmap page=4 npages=1 prot=read+write
      store page=1 value=17
      store page=4 value=18
      fork child=1
      store page=1 value=20
      store page=4 value=21
      1: load page=1             -> ok 17
      1: load page=4             -> ok 21
      1: store page=1 value=22
      load page=1                -> ok 20
      1: maps                    -> ok: 0-1 anon rw-p; 4 anon rw-s
      `,
    );
  });

  test('memory up to the end of the arena is copied', () => {
    run(
      advance,
      'mmap page=31 npages=1 prot=read+write flags=private\n fork child=2\n 2: store page=31 value=17 -> ok',
    );
  });

  test('VM_WIPEONFORK memory is zero in the child, and not resident', () => {
    run(
      advance,
      `
      mmap npages=1 prot=read+write flags=private
      store value=17
      madvise npages=1 advice=WIPEONFORK
      fork child=1
      1: mincore npages=1 -> ok
      1: load             -> ok
      load                -> ok 17
      `,
    );
  });

  test('locks are not inherited, limits and identity are', () => {
    run(
      advance,
      `
      mmap npages=2 prot=read flags=private+locked
      mlockall flags=future
      rlimit pages=3
      setuid user=1
      cap on=on
      fork child=1
      1: maps                          -> ok: 0-1 anon r--p
      1: status                        -> ok: pin 0, lck 0
      1: mmap page=4 npages=1 prot=read flags=private
      1: maps                          -> ok: 0-1 anon r--p; 4 anon r--p
      1: headroom                      -> ok unlimited
      1: cap on=off
      1: headroom                      -> ok 15
      `,
    );
  });

  describe('copy_page_range of a perf mapping that the child gets, too', () => {
    /** Forgets VM_DONTCOPY, and may put other flags and entries in place. */
    const inherited = (design: Design, change: (w: World, v: number) => void = () => {}): Design => ({
      ...design,
      mmap(w, v) {
        const err = design.mmap(w, v);
        w.vma.vm_flags[v] &= ~VM_DONTCOPY;
        change(w, v);
        return err;
      },
    });
    const SCRIPT =
      'open fd=0\n mmap fd=0 npages=2 prot=read+write\n store value=17\n load page=1\n fork child=1';

    test('entries that a fault brings in again are left to it', () => {
      const s = run(inherited(demand_fault), SCRIPT);
      expect(s.step('1: maps')).toBe('ok: 0-1 perf rw-s de dd rss 0');
      s.run('1: load -> ok 17');
    });

    test('entries without struct pages are copied, clean', () => {
      const s = run(inherited(advance), SCRIPT);
      expect(s.w.pte.pfn[32]).toBe(s.w.pte.pfn[0]);
      expect(s.w.pte.flags[0] & PTE_DIRTY).toBe(PTE_DIRTY);
      expect(s.w.pte.flags[32] & PTE_DIRTY).toBe(0);
      expect(s.w.page.refcount[0]).toBe(1);
      s.run('1: store value=18 -> ok\n load -> ok 18\n 1: exit\n exit');
    });

    test('those of a VM_MIXEDMAP mapping are, with their references; empty ones stay empty', () => {
      const mixed = inherited(demand_fault, (w, v) => {
        w.vma.vm_flags[v] |= VM_MIXEDMAP;
      });
      const s = run(mixed, 'open fd=0\n mmap fd=0 npages=2 prot=read\n load\n fork child=1');
      expect(s.step('1: maps')).toBe('ok: 0-1 perf r--s de dd rss 1');
      expect([s.w.page.refcount[0], s.w.page.mapcount[0]]).toEqual([3, 2]);
      s.run('1: exit\n exit');
      expect(s.w.page.state.some((state) => state !== 0)).toBe(false);
    });
  });

  test('a fork is a record of the parent', () => {
    run(
      advance,
      `
      open fd=0
      mmap fd=0 npages=2 prot=read
      fork child=1
      load word=data_head -> ok 1
      1: fork child=2
      load word=data_head -> ok 1
      `,
    );
  });

  test('inherited events watch the child and its children, as long as a descriptor or a mapping keeps them', () => {
    const s = run(
      advance,
      `
      open fd=0 flags=inherit+cpu
      open fd=1 flags=inherit+cpu
      mmap fd=0 page=0 npages=2 prot=read
      mmap fd=1 page=4 npages=2 prot=read
      fork child=1
      1: close fd=1
      close fd=1
      1: fork child=2
      2: record count=2
      load page=0 word=data_head -> ok 4
      load page=4 word=data_head -> ok 4
      `,
    );
    expect(s.w.event.watches[1]).toBe(7);
  });
});

describe('exit', () => {
  test('takes memory, charges and descriptors along', () => {
    const s = run(
      advance,
      `
      fork child=1
      1: open fd=0
      1: mmap fd=0 npages=9 prot=read
      1: mmap page=10 npages=2 prot=read flags=locked
      1: mlockall flags=future
      1: exit
      fork child=1
      1: status -> ok: pin 0, lck 0
      1: maps   -> ok: nothing
      `,
    );
    expect(s.w.event.used[0]).toBe(0);
    expect(s.w.user.perf_mlock[0]).toBe(0);
    expect(s.w.page.state.some((state) => state !== 0)).toBe(false);
  });

  test('is a record, while the events are still there', () => {
    run(
      advance,
      `
      open fd=0 flags=inherit+cpu
      mmap fd=0 npages=2 prot=read
      fork child=1
      1: exit
      load word=data_head -> ok 2
      `,
    );
  });

  test('an event of a task that has gone records nothing more; its buffer stays with who maps it', () => {
    run(
      advance,
      `
      fork child=1
      1: open fd=0
      1: fork child=2
      2: mmap fd=0 npages=2 prot=read
      1: record count=3
      1: exit
      2: load word=data_head -> ok 4
      fork child=1
      1: record
      2: load word=data_head -> ok 4
      `,
    );
  });

  test('a refund that comes after the charged memory has gone does not go to its successor', () => {
    const s = run(
      advance,
      `
      gift pages=0
      open fd=0
      fork child=1
      1: mmap fd=0 npages=3 prot=read
      mmap fd=0 npages=3 prot=read
      1: status -> ok: pin 3, lck 0
      1: exit
      munmap npages=3
      fork child=1
      1: status -> ok: pin 0, lck 0
      `,
    );
    expect(s.w.task.pinned_vm[0]).toBe(0);
  });
});

describe('exec', () => {
  test('unmaps all, keeps descriptors, and is a record', () => {
    run(
      v6_12,
      `
      open fd=0
      open fd=1
      fork child=1
      1: mmap fd=0 npages=2 prot=read
      mmap fd=0 npages=2 prot=read
      mmap page=8 npages=1 prot=read flags=locked
      mlockall flags=future
      exec
      maps                   -> ok: nothing
      status                 -> ok: pin 0, lck 0
      mmap page=9 npages=1 prot=read flags=private
      maps                   -> ok: 9 anon r--p
      1: load word=data_head -> ok 1
      mmap fd=0 npages=2 prot=read
      `,
    );
  });
});
