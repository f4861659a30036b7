import { describe, expect, test } from 'vitest';
import { INJECT_PGTABLE } from '#model/alphabet/operands';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import { WARNINGS } from '#model/kernel/warn';
import {
  PTE_ACCESS,
  PTE_SPECIAL,
  VM_DONTDUMP,
  VM_DONTEXPAND,
  VM_IO,
  VM_MIXEDMAP,
  VM_PFNMAP,
} from '#model/mm/flags';
import {
  move_page_tables,
  remap_pfn_range,
  rss_pages,
  vm_insert_page,
  zap_page_range,
} from '#model/mm/pgtable';
import { run, type Session } from '../../support/script.js';

/** A buffer of three pages, mapped, and its entries taken away again. */
function bare(design: Design = advance): Session {
  const s = run(design, 'open fd=0\n mmap fd=0 npages=3 prot=read');
  s.w.pte.pfn.fill(0);
  s.w.pte.flags.fill(0);
  s.w.vma.vm_flags[0] = 0;
  return s;
}

describe('remap_pfn_range', () => {
  test('flags the VMA, and maps without reference, map count or Rss', () => {
    const { w } = bare();
    expect(remap_pfn_range(w, 0, 1, 1, PTE_ACCESS)).toBe(0);
    expect(w.vma.vm_flags[0]).toBe(VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP);
    expect(w.pte.pfn[1]).toBe(2);
    expect(w.pte.flags[1]).toBe(PTE_ACCESS | PTE_SPECIAL);
    expect([w.page.refcount[1], w.page.mapcount[1], rss_pages(w, 0, 3)]).toEqual([1, 0, 0]);
  });

  test('without a page table it is ENOMEM, with the flags set', () => {
    const { w } = bare();
    w.sys.inject_site[0] = INJECT_PGTABLE + 1;
    expect(remap_pfn_range(w, 0, 1, 1, PTE_ACCESS)).toBe(-12);
    expect(w.pte.pfn[1]).toBe(0);
    expect(w.vma.vm_flags[0] & VM_PFNMAP).toBe(VM_PFNMAP);
  });

  test('maps pages one after the other, at addresses one after the other', () => {
    const { w } = bare();
    expect(remap_pfn_range(w, 0, 4, 0, PTE_ACCESS, 3)).toBe(0);
    expect([...w.pte.pfn.slice(1, 8)]).toEqual([0, 0, 0, 1, 2, 3, 0]);
    expect(w.sys.warned[0]).toBe(0);
    w.pte.pfn[4] = 0;
    w.pte.pfn[6] = 0;
    remap_pfn_range(w, 0, 4, 0, PTE_ACCESS, 3);
    expect(WARNINGS[w.sys.warned[0]]).toContain('Bad page map');
  });

  test('what is mapped when a page table is missing is taken away, by kernels that do', () => {
    for (const remap_cleans_up of [false, true]) {
      const { w } = bare({ ...advance, core: { ...advance.core, remap_cleans_up } });
      w.sys.inject_site[0] = INJECT_PGTABLE + 1;
      w.sys.inject_left[0] = 2;
      expect(remap_pfn_range(w, 0, 4, 0, PTE_ACCESS, 3)).toBe(-12);
      expect([...w.pte.pfn.slice(4, 7)]).toEqual(remap_cleans_up ? [0, 0, 0] : [1, 2, 0]);
    }
  });

  test('over a present entry it is a bug', () => {
    const { w } = bare();
    remap_pfn_range(w, 0, 1, 1, PTE_ACCESS);
    remap_pfn_range(w, 0, 1, 2, PTE_ACCESS);
    expect(WARNINGS[w.sys.warned[0]]).toContain('Bad page map');
  });
});

describe('vm_insert_page', () => {
  /** Inserts the pages in mmap, where vm_page_prot knows of no write-notify yet. */
  const inserts: Design = {
    ...advance,
    mmap(w, v) {
      const err = advance.mmap(w, v);
      if (err !== 0) return err;
      w.vma.vm_flags[v] &= ~(VM_IO | VM_PFNMAP);
      for (let a = v; a < w.vma.end[v]; a++) {
        const p = w.pte.pfn[a] - 1;
        w.pte.pfn[a] = 0;
        if (vm_insert_page(w, v, a, p) !== 0) return -12;
      }
      return 0;
    },
  };

  test('maps with reference and count, and with the permissions of that moment', () => {
    const s = run(inserts, 'open fd=0\n mmap fd=0 npages=3 prot=read+write\n store page=1 value=17 -> ok');
    expect(s.w.vma.vm_flags[0] & VM_MIXEDMAP).toBe(VM_MIXEDMAP);
    expect([s.w.page.refcount[1], s.w.page.mapcount[1], rss_pages(s.w, 0, 3)]).toEqual([2, 1, 3]);
    s.run('munmap npages=3');
    expect(s.w.sys.warned[0]).toBe(0);
    expect(s.w.page.state.some((state) => state !== 0)).toBe(false);
  });

  test('without a page table it is ENOMEM, and over a page EBUSY', () => {
    const { w } = bare();
    w.sys.inject_site[0] = INJECT_PGTABLE + 1;
    expect(vm_insert_page(w, 0, 1, 1)).toBe(-12);
    expect(vm_insert_page(w, 0, 1, 1)).toBe(0);
    expect(vm_insert_page(w, 0, 1, 1)).toBe(-16);
    expect(w.page.refcount[1]).toBe(2);
  });
});

describe('zap_page_range and move_page_tables', () => {
  test('a page loses reference and map count, one without its struct page nothing', () => {
    const { w } = bare();
    vm_insert_page(w, 0, 0, 0);
    remap_pfn_range(w, 0, 1, 1, PTE_ACCESS, 2);
    zap_page_range(w, 0, 3);
    expect([...w.page.refcount.slice(0, 3)]).toEqual([1, 1, 1]);
    expect([...w.page.mapcount.slice(0, 3)]).toEqual([0, 0, 0]);
  });

  test('entries of the range alone count in Rss', () => {
    const { w } = bare();
    vm_insert_page(w, 0, 0, 0);
    vm_insert_page(w, 0, 1, 1);
    expect([rss_pages(w, 0, 1), rss_pages(w, 0, 2), rss_pages(w, 1, 2)]).toEqual([1, 2, 1]);
  });

  test('entries move in their order and leave nothing', () => {
    const { w } = bare();
    remap_pfn_range(w, 0, 1, 0, PTE_ACCESS, 2);
    move_page_tables(w, 1, 8, 2);
    const { pfn, flags } = w.pte;
    expect([...pfn.slice(0, 12)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0]);
    expect(flags.findIndex((flag) => flag !== 0)).toBe(8);
    expect([...flags.slice(8, 11)]).toEqual([PTE_ACCESS | PTE_SPECIAL, PTE_ACCESS | PTE_SPECIAL, 0]);
  });
});
