import { ERRNO } from '../alphabet/errno.js';
import { INJECT_PGTABLE } from '../alphabet/operands.js';
import { should_fail } from '../kernel/inject.js';
import { WARN_PTE_PRESENT, warn } from '../kernel/warn.js';
import type { World } from '../kernel/world.js';
import { PTE_SPECIAL, VM_DONTDUMP, VM_DONTEXPAND, VM_IO, VM_MIXEDMAP, VM_PFNMAP } from './flags.js';
import { get_page, put_page } from './page.js';
import { ENOMEM } from './vma.js';

/** Set an entry; from this moment every thread of the process can use it. @suspends */
export function set_pte(w: World, address: number, p: number, flags: number): void {
  w.pte.pfn[address] = p + 1;
  w.pte.flags[address] = flags;
  w.watch.pteSet(w, address);
}

/** Change the flags of a present entry. */
export function change_pte(w: World, address: number, flags: number): void {
  w.pte.flags[address] = flags;
  w.watch.pteSet(w, address);
}

/** Clear the entries of [start, end) (zap_page_range_single, unmap_vmas): pages with a struct page lose map count and reference. */
export function zap_page_range(w: World, start: number, end: number): void {
  const { pfn, flags } = w.pte;
  for (let a = start; a < end; a++) {
    if (pfn[a] === 0) continue;
    w.changes++;
    const p = pfn[a] - 1;
    const special = (flags[a] & PTE_SPECIAL) !== 0;
    pfn[a] = 0;
    flags[a] = 0;
    if (!special) {
      w.page.mapcount[p]--;
      put_page(w, p);
    }
  }
}

/**
 * Map pages that follow each other without their struct pages, with these protection bits (remap_pfn_range, v6.14): the VMA
 * becomes VM_PFNMAP and the entries special: no reference, no map count, no Rss.
 * @returns 0 or -ENOMEM (a page table could not be allocated)
 */
export function remap_pfn_range(
  w: World,
  v: number,
  address: number,
  p: number,
  prot: number,
  pages = 1,
): number {
  w.vma.vm_flags[v] |= VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP;
  for (let i = 0; i < pages; i++) {
    if (should_fail(w, INJECT_PGTABLE)) {
      if (w.design.core.remap_cleans_up) zap_page_range(w, address, address + i);
      return ENOMEM;
    }
    if (w.pte.pfn[address + i] !== 0) warn(w, WARN_PTE_PRESENT);
    set_pte(w, address + i, p + i, prot | PTE_SPECIAL);
  }
  return 0;
}

/** Map one page without its struct page from a fault, with the VMA's vm_page_prot (vmf_insert_pfn). */
export function vmf_insert_pfn(w: World, v: number, address: number, p: number): void {
  set_pte(w, address, p, w.vma.vm_page_prot[v] | PTE_SPECIAL);
}

/**
 * Map one page with its struct page, with the VMA's vm_page_prot as it is now (vm_insert_page): the page is
 * referenced and counted as mapped.
 * @returns 0, -ENOMEM, or -EBUSY: there is a page already
 */
export function vm_insert_page(w: World, v: number, address: number, p: number): number {
  w.vma.vm_flags[v] |= VM_MIXEDMAP;
  if (should_fail(w, INJECT_PGTABLE)) return ENOMEM;
  if (w.pte.pfn[address] !== 0) return -ERRNO.EBUSY;
  get_page(w, p);
  w.page.mapcount[p]++;
  set_pte(w, address, p, w.vma.vm_page_prot[v]);
  return 0;
}

/** Move the entries of [from, from + pages) to another place (move_page_tables). */
export function move_page_tables(w: World, from: number, to: number, pages: number): void {
  const { pfn, flags } = w.pte;
  for (let i = 0; i < pages; i++) {
    pfn[to + i] = pfn[from + i];
    flags[to + i] = flags[from + i];
    pfn[from + i] = 0;
    flags[from + i] = 0;
  }
}

/** Entries of [start, end) that count in Rss: present, with a struct page. */
export function rss_pages(w: World, start: number, end: number): number {
  let rss = 0;
  for (let a = start; a < end; a++) if (w.pte.pfn[a] !== 0 && (w.pte.flags[a] & PTE_SPECIAL) === 0) rss++;
  return rss;
}
