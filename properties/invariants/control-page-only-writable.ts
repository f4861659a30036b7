import { ARENA_PAGES } from '../../model/alphabet/bounds.js';
import type { World } from '../../model/kernel/world.js';
import { PTE_WRITE, VM_WRITE } from '../../model/mm/flags.js';
import { linear_page_index, vma_lookup } from '../../model/mm/vma.js';
import { type Context, type Invariant, violated } from './invariant.js';
import { place } from './words.js';

/**
 * Whether the entry at this address may be writable. Asked inside operations, too, when the VMA of an `mmap` is not in
 * the tree yet: its row says all that is needed.
 */
export function may_be_writable(w: World, address: number): boolean {
  let v = vma_lookup(w, address);
  if (v < 0) v = unlinked_vma(w, address);
  return v >= 0 && (w.vma.vm_flags[v] & VM_WRITE) !== 0 && linear_page_index(w, v, address) === 0;
}

/** The VMA that is being mapped over this address and is not linked yet, or -1. */
export function unlinked_vma(w: World, address: number): number {
  const base = address - (address % ARENA_PAGES);
  for (let v = address; v >= base; v--)
    if (w.vma.used[v] !== 0 && w.tree.vma[v] === 0 && w.vma.end[v] > address) return v;
  return -1;
}

/** Of the entry that `c.address` names, whose page has the pgoff `c.subject`. */
export function say_it_is_writable(c: Context): string {
  return `${place(c.address)}: the page table entry is writable, for pgoff ${c.subject}`;
}

export const control_page_only_writable: Invariant = {
  id: 'control-page-only-writable',
  ofPlace: true,
  text: 'A page table entry of a perf mapping is writable only for page 0, the control page, of a writable mapping.',
  check(c) {
    const { flags } = c.w.pte;
    for (let i = 0; i < c.census.ptes; i++) {
      const address = c.census.pteList[i];
      if ((flags[address] & PTE_WRITE) === 0) continue;
      c.looked++;
      c.address = address;
      if (may_be_writable(c.w, address)) continue;
      const v = vma_lookup(c.w, address);
      return violated(c, v < 0 ? -1 : linear_page_index(c.w, v, address), 1, 0);
    }
    return true;
  },
  describe: say_it_is_writable,
};
