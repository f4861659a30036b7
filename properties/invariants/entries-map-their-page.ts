import type { World } from '../../model/kernel/world.js';
import { linear_page_index, vma_lookup } from '../../model/mm/vma.js';
import { type Invariant, violated } from './invariant.js';
import { place } from './words.js';

/** What an entry should map and does map, as a page's place in a buffer: 0 if right. */
export const RIGHT = 0;
export const NO_MAPPING = 1;
export const FREED = 2;
export const OTHER_BUFFER = 3;
export const OTHER_PAGE = 4;
const FAULTS = [
  '',
  'no mapping covers it',
  'its page has been freed',
  'its page belongs to another buffer',
  'it maps the wrong page of its buffer',
];

/** Judge the entry at this address of the VMA v (-1: none). */
export function judge_entry(w: World, v: number, address: number): number {
  const p = w.pte.pfn[address] - 1;
  if (v < 0 || w.vma.file[v] <= 0) return NO_MAPPING;
  if (w.page.state[p] === 0) return FREED;
  const rb = w.event.rb[w.vma.file[v] - 1];
  if (rb !== 0 && w.page.owner[p] !== rb) return OTHER_BUFFER;
  return w.page.role[p] === linear_page_index(w, v, address) ? RIGHT : OTHER_PAGE;
}

export const entries_map_their_page: Invariant = {
  id: 'entries-map-their-page',
  text: "Every page table entry lies in a mapping and maps that mapping's page of the right buffer, which is allocated.",
  check(c) {
    for (let i = 0; i < c.census.ptes; i++) {
      const address = c.census.pteList[i];
      c.looked++;
      const fault = judge_entry(c.w, vma_lookup(c.w, address), address);
      if (fault === RIGHT) continue;
      c.address = address;
      return violated(c, 0, fault, RIGHT);
    }
    return true;
  },
  describe: (c) => `${place(c.address)}: ${FAULTS[c.found]}`,
};
