import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { VM_IO, VM_MAYREAD, VM_MAYWRITE, VM_PFNMAP, VM_READ, VM_SHARED, VM_WRITE } from '#model/mm/flags';
import { check_vma_flags, get_user_page, get_user_page_fast } from '#model/mm/gup';
import { run } from '../../support/script.js';

describe('check_vma_flags', () => {
  const READ = false;
  const WRITE = true;

  test('VM_PFNMAP and VM_IO have no struct page', () => {
    for (const flag of [VM_IO, VM_PFNMAP]) {
      expect(check_vma_flags(flag | VM_READ | VM_WRITE, READ, true)).toBe(true);
      expect(check_vma_flags(flag | VM_READ | VM_WRITE, WRITE, true)).toBe(true);
    }
  });

  test('FOLL_FORCE reads what could be read', () => {
    expect(check_vma_flags(VM_READ, READ, false)).toBe(false);
    expect(check_vma_flags(VM_MAYREAD, READ, false)).toBe(true);
    expect(check_vma_flags(VM_MAYREAD, READ, true)).toBe(false);
    expect(check_vma_flags(0, READ, true)).toBe(true);
  });

  test('FOLL_FORCE writes private memory that could be written', () => {
    expect(check_vma_flags(VM_WRITE | VM_SHARED, WRITE, false)).toBe(false);
    expect(check_vma_flags(VM_MAYWRITE, WRITE, false)).toBe(true);
    expect(check_vma_flags(VM_MAYWRITE, WRITE, true)).toBe(false);
    expect(check_vma_flags(VM_MAYWRITE | VM_SHARED, WRITE, true)).toBe(true);
    expect(check_vma_flags(VM_READ, WRITE, true)).toBe(true);
  });
});

describe('get_user_pages of perf pages', () => {
  const READERS = ['vm_readv', 'ptrace_peek', 'mem_read'];

  test('pages that are faulted in can be had; the control page written', () => {
    run(
      demand_fault,
      `
      open fd=0
      fork child=1
      1: mmap fd=0 npages=3 prot=read+write
      1: store value=17
      ${READERS.map((how) => `${how} target=1 -> ok 17`).join('\n')}
      vm_writev target=1 value=18            -> ok
      1: load                                -> ok 18
      ptrace_poke target=1 page=1 value=18   -> EIO
      vm_writev target=1 page=1 value=18     -> EFAULT
      mem_write target=1 page=0 value=19     -> ok
      1: mprotect npages=3 prot=read
      mem_write target=1 page=0 value=19     -> EIO
      1: mprotect npages=3
      mem_read target=1 page=2               -> ok
      vm_readv target=1 page=2               -> EFAULT
      1: load page=2                         -> SEGV_ACCERR
      `,
    );
  });

  test('pages mapped by PFN cannot', () => {
    run(
      advance,
      `
      open fd=0
      fork child=1
      1: mmap fd=0 npages=3 prot=read+write
      1: load
      vm_readv target=1              -> EFAULT
      vm_writev target=1 value=17    -> EFAULT
      ptrace_peek target=1           -> EIO
      ptrace_poke target=1 value=17  -> EIO
      mem_read target=1              -> EIO
      mem_write target=1 value=17    -> EIO
      1: vmsplice                    -> EFAULT
      1: direct_write                -> EFAULT
      1: direct_read value=17        -> EFAULT
      1: futex scope=shared          -> EFAULT
      1: futex                       -> EAGAIN
      1: mem_read target=1           -> EIO
      `,
    );
  });

  test('nor where only the entry says so, and not the VMA (follow_pfn_pte)', () => {
    const unflagged: Design = {
      ...advance,
      mmap(w, v) {
        const err = advance.mmap(w, v);
        w.vma.vm_flags[v] &= ~(VM_IO | VM_PFNMAP);
        return err;
      },
    };
    const s = run(unflagged, 'open fd=0\n mmap fd=0 npages=1 prot=read');
    expect(get_user_page(s.w, 0, false, false)).toBe(-14);
  });

  test('a page pinned for the call is let go again', () => {
    const s = run(demand_fault, 'open fd=0\n mmap fd=0 npages=1 prot=read\n vmsplice\n vmsplice');
    expect(s.w.page.refcount[0]).toBe(2);
    expect(s.w.page.mapcount[0]).toBe(1);
  });
});

describe('get_user_pages_fast', () => {
  test('an entry that permits the access is enough', () => {
    run(
      demand_fault,
      `
      open fd=0
      mmap fd=0 page=0 npages=2 prot=read+write
      vmsplice               -> ok
      direct_read value=17   -> ok
      direct_write           -> ok 17
      direct_read page=1 value=17 -> EFAULT
      futex scope=shared     -> EAGAIN
      futex page=1 scope=shared -> EAGAIN
      `,
    );
  });

  test('without the lock', () => {
    const { w } = run(demand_fault, 'open fd=0\n mmap fd=0 npages=1 prot=read\n load');
    w.task.mmap_lock[0] = 2;
    expect(get_user_page_fast(w, 0, false)).toBe(0);
    expect(() => get_user_page_fast(w, 0, true)).toThrow('never returns');
  });

  test('a page of execute-only memory that has come in can be read; one that has not cannot', () => {
    for (const pku of [false, true]) {
      run(
        advance,
        `
        mmap npages=2 prot=read+write flags=private
        store value=17
        mprotect npages=2 prot=exec
        vmsplice               -> ${pku ? 'EFAULT' : 'ok 17'}
        vmsplice page=1        -> EFAULT
        direct_read value=17   -> EFAULT
        mprotect npages=2
        vmsplice               -> EFAULT
        `,
        { pku },
      );
    }
  });

  test('a hole, and shared memory beyond its end, have no page', () => {
    run(
      advance,
      `
      vmsplice             -> EFAULT
      mem_read             -> EIO
      mmap npages=1 prot=read+write
      mremap npages=1 new_npages=2
      vmsplice page=1      -> EFAULT
      direct_read page=1 value=17 -> EFAULT
      mem_read page=0      -> ok
      mem_write page=0 value=17 -> ok
      `,
    );
  });
});

describe('shared futexes', () => {
  test('live in shared memory, and in private memory that can be written', () => {
    run(
      advance,
      `
      mmap page=0 npages=1 prot=read
      mmap page=2 npages=1 prot=read flags=private
      mmap page=4 npages=1 prot=read+write flags=private
      mmap page=6 npages=1
      futex page=0 scope=shared -> EAGAIN
      futex page=2 scope=shared -> EFAULT
      futex page=2              -> EAGAIN
      futex page=4 scope=shared -> EAGAIN
      futex page=6 scope=shared -> EFAULT
      futex page=6              -> EFAULT
      futex page=8              -> EFAULT
      `,
    );
  });

  test("need the page's mapping", () => {
    const forgets: Design = {
      ...demand_fault,
      vm_ops: {
        ...demand_fault.vm_ops,
        fault(w, v, pgoff, flags) {
          const got = demand_fault.vm_ops.fault?.(w, v, pgoff, flags) ?? 0;
          w.page.mapping[got - 1] = 0;
          return got;
        },
      },
    };
    run(forgets, 'open fd=0\n mmap fd=0 npages=1 prot=read\n futex scope=shared -> EFAULT');
  });
});
