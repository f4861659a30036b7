import { ARENA_PAGES, PROCS } from '../../model/alphabet/bounds.js';
import type { World } from '../../model/kernel/world.js';
import { PTE_SPECIAL } from '../../model/mm/flags.js';
import { vma_lookup } from '../../model/mm/vma.js';
import { type Invariant, violated } from './invariant.js';
import { place } from './words.js';

/** The first page of an event's mapping that has no entry, or an entry with a struct page. */
function exception(w: World): number {
  for (let address = 0; address < PROCS * ARENA_PAGES; address++) {
    const v = vma_lookup(w, address);
    if (v < 0 || w.vma.file[v] <= 0) continue;
    if (w.pte.pfn[address] === 0 || (w.pte.flags[address] & PTE_SPECIAL) === 0) return address;
  }
  return -1;
}

export const mapped_in_advance: Invariant = {
  id: 'mapped-in-advance',
  ofPlace: true,
  text: 'An advance mapping has an entry for each of its pages, by PFN without the struct page, from mmap to munmap.',
  applies: (w) => w.design.mechanism === 'advance',
  check(c) {
    const { covered, special, ptes } = c.census;
    c.looked += covered;
    if (covered === special && covered === ptes) return true;
    c.address = exception(c.w);
    return c.address < 0 || violated(c, 0, c.w.pte.pfn[c.address], 0);
  },
  describe: (c) =>
    `${place(c.address)}: ${c.found === 0 ? 'no page table entry' : 'the entry maps a struct page, which counts it'}`,
};
