import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_12 } from '#model/designs/v6.12';
import { ACCESS_READ, user_access } from '#model/mm/access';
import { PTE_DIRTY } from '#model/mm/flags';
import { run } from '../../support/script.js';

describe('access by the processor', () => {
  test('no mapping: SEGV_MAPERR; no permission: SEGV_ACCERR', () => {
    run(
      advance,
      `
      load page=4            -> SEGV_MAPERR
      store page=4 value=1   -> SEGV_MAPERR
      fetch page=4           -> SEGV_MAPERR
      mmap npages=1 flags=private
      load                   -> SEGV_ACCERR
      store value=1          -> SEGV_ACCERR
      fetch                  -> SEGV_ACCERR
      `,
    );
  });

  test('any permission is enough for a load, but an execute-only one where there are protection keys', () => {
    for (const pku of [false, true]) {
      run(
        advance,
        `
        mmap page=0 npages=1 prot=write flags=private
        load page=0          -> ok
        mmap page=1 npages=1 prot=exec flags=private
        load page=1          -> ${pku ? 'SEGV_PKUERR' : 'ok'}
        store page=1 value=1 -> ${pku ? 'SEGV_PKUERR' : 'SEGV_ACCERR'}
        fetch page=1         -> ok
        write_from page=1    -> ${pku ? 'EFAULT' : 'ok'}
        mmap page=2 npages=1 prot=exec+read flags=private
        load page=2          -> ok
        load page=3          -> SEGV_MAPERR
        `,
        { pku },
      );
    }
  });

  test('a fetch that is not permitted brings the page in first', () => {
    run(
      demand_fault,
      `
      open fd=0
      mmap fd=0 npages=2 prot=read
      fetch page=1            -> SEGV_ACCERR
      maps                    -> ok: 0-1 perf r--s dc de dd rss 1
      fetch page=1            -> SEGV_ACCERR
      mmap page=4 npages=1 prot=read flags=private
      fetch page=4            -> SEGV_ACCERR
      mincore page=4 npages=1 -> ok 1
      mmap page=6 npages=1 prot=read
      mremap page=6 npages=1 new_npages=2
      fetch page=7            -> SIGBUS
      load page=7             -> SIGBUS
      `,
    );
  });

  test('an executable perf page that is not there comes in as for a read', () => {
    run(v6_12, 'open fd=0\n mmap fd=0 npages=2 prot=exec\n fetch page=1 -> ok\n load page=1 -> ok');
  });

  test('control page: ok; other pages: load ok, store, exchange and failing compare-and-swap SIGBUS', () => {
    for (const design of [advance, demand_fault]) {
      run(
        design,
        `
        open fd=0
        mmap fd=0 npages=3 prot=read+write
        store value=17           -> ok
        xchg value=18            -> ok 17
        cas_fail                 -> ok 18
        load                     -> ok 18
        load page=2              -> ok
        store page=2 value=17    -> SIGBUS
        xchg page=2 value=17     -> SIGBUS
        cas_fail page=2          -> SIGBUS
        read_into page=2 value=17 -> EFAULT
        read_into value=19       -> ok
        write_from               -> ok 19
        write_from page=2        -> ok
        store page=1 word=aux_size value=3 -> SIGBUS
        store word=aux_size value=3
        load word=aux_size       -> ok 3
        load word=data_size      -> ok 2
        load word=data_offset    -> ok 1
        load word=first          -> ok
        `,
      );
    }
  });

  test('a fetch of memory without permissions, and a store that is refused, bring nothing in', () => {
    run(
      demand_fault,
      `
      open fd=0
      mmap fd=0 npages=1
      fetch                   -> SEGV_ACCERR
      maps                    -> ok: 0 perf ---s dc de dd rss 0
      mmap page=4 npages=1 flags=private
      fetch page=4            -> SEGV_ACCERR
      mincore page=4 npages=1 -> ok
      mmap page=6 npages=1 prot=read flags=private
      store page=6 value=17   -> SEGV_ACCERR
      mincore page=6 npages=1 -> ok
      `,
    );
  });

  test('an access that the entry permits needs no lock', () => {
    const { w } = run(advance, 'open fd=0\n mmap fd=0 npages=1 prot=read\n load');
    w.task.mmap_lock[0] = 2;
    expect(user_access(w, 0, ACCESS_READ)).toBe(0);
    expect(() => user_access(w, 1, ACCESS_READ)).toThrow('never returns');
  });

  test('a store to a page that is writable and clean makes it dirty, by the processor or by the kernel', () => {
    const { page_mkwrite: _, ...ops } = demand_fault.vm_ops;
    for (const store of ['store value=17', 'mem_write target=0 value=17']) {
      const s = run(
        { ...demand_fault, vm_ops: ops },
        'open fd=0\n mmap fd=0 npages=1 prot=read+write\n load',
      );
      expect(s.w.pte.flags[0] & PTE_DIRTY).toBe(0);
      s.run(store);
      expect(s.w.pte.flags[0] & PTE_DIRTY).toBe(PTE_DIRTY);
    }
  });

  test('private memory is zero when it is mapped again, and what lies above it is not', () => {
    run(
      advance,
      `
      mmap page=2 npages=2 prot=read+write flags=private
      store page=2 value=17
      store page=3 value=18
      munmap page=2 npages=1
      mmap page=2 npages=1 prot=read+write flags=private
      load page=2 -> ok
      load page=3 -> ok 18
      `,
    );
  });

  test('a store that needs no fault leaves its mark on the entry', () => {
    const s = run(
      advance,
      'open fd=0\n mmap fd=0 npages=1 prot=read+write\n store value=17\n store value=18',
    );
    expect(s.w.faults).toBe(1);
  });

  test('a second mapping shows the same bytes; unmapped and mapped again they are zero', () => {
    run(
      advance,
      `
      open fd=0
      mmap fd=0 page=0 npages=3 prot=read+write
      mmap fd=0 page=4 npages=3 prot=read+write
      store page=0 value=17
      store page=4 word=data_offset value=7
      load page=4                   -> ok 17
      load page=0 word=data_offset  -> ok 7
      munmap page=0 npages=3
      munmap page=4 npages=3
      mmap fd=0 page=0 npages=3 prot=read
      load                          -> ok
      load word=data_offset         -> ok 1
      `,
    );
  });
});
