import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { fault_in, pte_allows } from '#model/mm/fault';
import {
  ACCESS_EXEC,
  ACCESS_GUP,
  ACCESS_READ,
  ACCESS_WRITE,
  PTE_ACCESS,
  PTE_DIRTY,
  PTE_EXEC,
  PTE_SPECIAL,
  PTE_WRITE,
  VM_FAULT_LOCKED,
  VM_FAULT_NOPAGE,
} from '#model/mm/flags';
import { vmf_insert_pfn, zap_page_range } from '#model/mm/pgtable';
import { run } from '../../support/script.js';

const CONTROL = 'open fd=0\n mmap fd=0 npages=2 prot=read+write';

function faulting(ops: Partial<Design['vm_ops']>): Design {
  return { ...demand_fault, vm_ops: { ...demand_fault.vm_ops, ...ops } };
}

test('what an entry permits', () => {
  expect(pte_allows(0, ACCESS_GUP)).toBe(true);
  expect(pte_allows(PTE_WRITE | PTE_EXEC, ACCESS_READ)).toBe(false);
  expect(pte_allows(PTE_ACCESS, ACCESS_READ)).toBe(true);
  expect(pte_allows(PTE_ACCESS, ACCESS_WRITE)).toBe(false);
  expect(pte_allows(PTE_ACCESS | PTE_WRITE, ACCESS_WRITE)).toBe(true);
  expect(pte_allows(PTE_ACCESS, ACCESS_EXEC)).toBe(false);
  expect(pte_allows(PTE_ACCESS | PTE_EXEC, ACCESS_EXEC)).toBe(true);
});

describe('do_fault', () => {
  test('a read brings the page in write-protected, a write after it takes do_wp_page', () => {
    const s = run(demand_fault, `${CONTROL}\n load`);
    expect(s.w.pte.flags[0]).toBe(PTE_ACCESS);
    s.run('store value=17');
    expect(s.w.pte.flags[0]).toBe(PTE_ACCESS | PTE_WRITE | PTE_DIRTY);
    expect(s.w.faults).toBe(2);
    expect(s.w.page.mapcount[0]).toBe(1);
    expect(s.w.page.locked[0]).toBe(0);
  });

  test('a write that comes first needs one fault', () => {
    const s = run(demand_fault, `${CONTROL}\n store value=17`);
    expect(s.w.pte.flags[0]).toBe(PTE_ACCESS | PTE_WRITE | PTE_DIRTY);
    expect(s.w.faults).toBe(1);
    expect(s.w.page.refcount[0]).toBe(2);
  });

  test('a write to a data page is refused by fault, and after a read by page_mkwrite', () => {
    const s = run(demand_fault, `${CONTROL}\n store page=1 value=17 -> SIGBUS\n load page=1`);
    s.run('store page=1 value=17 -> SIGBUS\n load page=1 -> ok');
    expect(s.w.page.refcount[1]).toBe(2);
    expect(s.w.page.locked[1]).toBe(0);
  });

  test('a hook that has no page refuses, and one that has entered it itself is asked no more', () => {
    const none = run(faulting({ fault: () => 0 }), `${CONTROL}\n load -> SIGBUS\n store value=17 -> SIGBUS`);
    expect(none.w.pte.pfn[0]).toBe(0);
    const enters = faulting({
      fault(w, v) {
        vmf_insert_pfn(w, v, v, 0);
        return -1;
      },
    });
    const { w } = run(enters, `${CONTROL}\n load -> ok`);
    expect([w.faults, w.pte.pfn[0], w.page.mapcount[0]]).toEqual([1, 1, 0]);
  });

  test('an entry that another thread has made meanwhile stays, and the page goes back', () => {
    const slower = faulting({
      fault(w, v, pgoff, flags) {
        const got = demand_fault.vm_ops.fault?.(w, v, pgoff, flags) ?? 0;
        vmf_insert_pfn(w, v, v, got - 1);
        return got;
      },
    });
    const { w } = run(slower, `${CONTROL}\n load -> ok`);
    expect([w.page.refcount[0], w.page.mapcount[0]]).toEqual([1, 0]);
    expect(w.pte.flags[0] & PTE_SPECIAL).toBe(PTE_SPECIAL);
  });

  test('an empty entry of a mapping without fault is a SIGBUS', () => {
    const s = run(advance, CONTROL);
    zap_page_range(s.w, 0, 1);
    s.run('load -> SIGBUS\n store value=17 -> SIGBUS\n load page=1 -> ok');
  });
});

describe('do_page_mkwrite', () => {
  test('a page whose mapping is NULL is tried again, for ever (first access a write)', () => {
    const forgets = faulting({ fault: (w, v, pgoff, flags) => unmapped(w, v, pgoff, flags) });
    const s = run(forgets, `${CONTROL}\n store value=17 -> HANG`);
    expect(s.w.page.refcount[0]).toBe(1);
  });

  test('and after a read', () => {
    const forgets = faulting({ fault: (w, v, pgoff, flags) => unmapped(w, v, pgoff, flags) });
    run(forgets, `${CONTROL}\n load -> ok\n store value=17 -> HANG`);
  });

  test('a hook that returns the page locked is believed', () => {
    const locks = faulting({
      fault: (w, v, pgoff, flags) => unmapped(w, v, pgoff, flags),
      page_mkwrite: () => VM_FAULT_LOCKED,
    });
    const s = run(locks, `${CONTROL}\n store value=17 -> ok\n mprotect npages=2 prot=read`);
    expect(s.w.page.locked[0]).toBe(0);
  });

  test('VM_FAULT_NOPAGE is tried again', () => {
    let calls = 0;
    const slow = faulting({ page_mkwrite: () => (++calls < 3 ? VM_FAULT_NOPAGE : 0) });
    run(slow, `${CONTROL}\n store value=17 -> ok`);
    expect(calls).toBe(3);
  });

  test('without the hook, shared writable pages are writable from the first fault on', () => {
    const { page_mkwrite: _, ...ops } = demand_fault.vm_ops;
    const s = run(
      { ...demand_fault, vm_ops: ops },
      'open fd=0\n mmap fd=0 npages=2 prot=read+write\n load page=1\n store page=1 value=17 -> ok',
    );
    expect(s.w.faults).toBe(1);
  });

  test('without it a first write is a plain shared fault', () => {
    const { page_mkwrite: _, ...ops } = demand_fault.vm_ops;
    run({ ...demand_fault, vm_ops: ops }, `${CONTROL}\n store value=17 -> ok`);
  });

  function unmapped(w: Parameters<typeof advance.mmap>[0], v: number, pgoff: number, flags: number): number {
    const got = demand_fault.vm_ops.fault?.(w, v, pgoff, flags) ?? 0;
    w.page.mapping[got - 1] = 0;
    return got;
  }
});

describe('do_wp_page of an entry without a struct page', () => {
  test('pfn_mkwrite decides', () => {
    const s = run(advance, `${CONTROL}\n store page=1 value=17 -> SIGBUS\n store value=17 -> ok`);
    expect(s.w.pte.flags[0] & PTE_WRITE).toBe(PTE_WRITE);
  });

  test('VM_FAULT_NOPAGE is tried again, for ever if need be', () => {
    const never: Design = {
      ...advance,
      vm_ops: { ...advance.vm_ops, pfn_mkwrite: () => VM_FAULT_NOPAGE },
    };
    run(never, `${CONTROL}\n store value=17 -> HANG`);
  });

  test('without the hook every page becomes writable', () => {
    const { pfn_mkwrite: _, ...ops } = advance.vm_ops;
    run({ ...advance, vm_ops: ops }, `${CONTROL}\n store page=1 value=17 -> ok`);
  });
});

test('an access that no fault can make possible is retried for ever', () => {
  const s = run(advance, CONTROL);
  s.w.pte.flags[0] &= ~PTE_ACCESS;
  expect(() => fault_in(s.w, 0, 0, ACCESS_READ)).toThrow('never returns');
});
