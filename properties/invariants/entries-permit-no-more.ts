import type { World } from '../../model/kernel/world.js';
import { PTE_ACCESS, PTE_EXEC, VM_ACCESS_FLAGS, VM_EXEC } from '../../model/mm/flags.js';
import { vma_lookup } from '../../model/mm/vma.js';
import { type Invariant, violated } from './invariant.js';
import { place } from './words.js';

/** An access that the entry at this address of the VMA v (-1: none) permits and the VMA does not, or 0. */
export function excess(w: World, v: number, address: number): number {
  const flags = w.pte.flags[address];
  const granted = v < 0 ? 0 : w.vma.vm_flags[v];
  if ((flags & PTE_ACCESS) !== 0 && (granted & VM_ACCESS_FLAGS) === 0) return PTE_ACCESS;
  return (flags & PTE_EXEC) !== 0 && (granted & VM_EXEC) === 0 ? PTE_EXEC : 0;
}

/** Of an entry with this `excess`. */
export function say_what_it_permits(address: number, excess: number): string {
  const access = excess === PTE_EXEC ? 'a fetch' : 'loads';
  return `${place(address)}: the entry permits ${access}, its mapping does not`;
}

export const entries_permit_no_more: Invariant = {
  id: 'entries-permit-no-more',
  ofPlace: true,
  text: 'A page table entry permits no access of a kind that its mapping does not: none under PROT_NONE, no fetch without PROT_EXEC.',
  check(c) {
    c.looked += c.census.ptes;
    for (let i = 0; i < c.census.ptes; i++) {
      const address = c.census.pteList[i];
      const permitted = excess(c.w, vma_lookup(c.w, address), address);
      if (permitted === 0) continue;
      c.address = address;
      return violated(c, 0, permitted, 0);
    }
    return true;
  },
  describe: (c) => say_what_it_permits(c.address, c.found),
};
