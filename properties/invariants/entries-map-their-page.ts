import type { World } from '../../model/kernel/world.js';
import { linear_page_index, vma_lookup } from '../../model/mm/vma.js';
import { type Context, type Invariant, violated } from './invariant.js';
import { place } from './words.js';

/** What is wrong with an entry; 0: nothing. */
export const RIGHT = 0;
const NO_MAPPING = 1;
const FREED = 2;
const OTHER_BUFFER = 3;
const OTHER_PAGE = 4;
const FAULTS = [
  '',
  'an entry, and no mapping covers it',
  'the entry maps a page that has been freed',
  "the entry maps a page that is not of its event's buffer",
  'the entry maps the wrong page of its buffer',
];

/** What is wrong with the entry that `c.address` names, by `c.found`; `c.subject` is its page's place, `c.expected` the right one. */
export function say_what_is_wrong(c: Context): string {
  const which = c.found === OTHER_PAGE ? `: ${c.subject} where ${c.expected} belongs` : '';
  return `${place(c.address)}: ${FAULTS[c.found]}${which}`;
}

/** Leave what is wrong with the entry at this address of the VMA v for `say_what_is_wrong`. */
export function wrong_entry(c: Context, v: number, address: number, fault: number): false {
  const { w } = c;
  c.address = address;
  return violated(
    c,
    w.page.role[w.pte.pfn[address] - 1],
    fault,
    v < 0 ? 0 : linear_page_index(w, v, address),
  );
}

/** Judge the entry at this address of the VMA v (-1: none). */
export function judge_entry(w: World, v: number, address: number): number {
  const p = w.pte.pfn[address] - 1;
  if (v < 0 || w.vma.file[v] <= 0) return NO_MAPPING;
  if (w.page.state[p] === 0) return FREED;
  const rb = w.event.rb[w.vma.file[v] - 1];
  if (w.page.owner[p] !== rb) return OTHER_BUFFER;
  return w.page.role[p] === linear_page_index(w, v, address) ? RIGHT : OTHER_PAGE;
}

export const entries_map_their_page: Invariant = {
  id: 'entries-map-their-page',
  ofPlace: true,
  text: "Every page table entry lies in a mapping and maps that mapping's page of the right buffer, which is allocated.",
  check(c) {
    c.looked += c.census.ptes;
    for (let i = 0; i < c.census.ptes; i++) {
      const address = c.census.pteList[i];
      const v = vma_lookup(c.w, address);
      const fault = judge_entry(c.w, v, address);
      if (fault !== RIGHT) return wrong_entry(c, v, address, fault);
    }
    return true;
  },
  describe: say_what_is_wrong,
};
