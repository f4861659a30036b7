import { PTE_WRITE } from '../../model/mm/flags.js';
import { linear_page_index, vma_lookup } from '../../model/mm/vma.js';
import { may_be_writable, say_it_is_writable, unlinked_vma } from './control-page-only-writable.js';
import { judge_entry, RIGHT, say_what_is_wrong, wrong_entry } from './entries-map-their-page.js';
import { excess, say_what_it_permits } from './entries-permit-no-more.js';
import { type Context, type Invariant, violated } from './invariant.js';
import { place } from './words.js';

/**
 * An invariant about moments inside an operation, at which another thread of the process could already use what
 * is there. The checker asks it there, not after.
 */
export interface MomentInvariant extends Omit<Invariant, 'check'> {
  /** A page table entry was set or changed. */
  pteSet?(c: Context, address: number): boolean;
  /** A page was freed. */
  pageFreed?(c: Context, page: number): boolean;
}

function say(c: Context): string {
  if (c.found !== RIGHT) return say_what_is_wrong(c);
  return c.expected === PTE_WRITE ? say_it_is_writable(c) : say_what_it_permits(c.address, c.expected);
}

export const entry_is_right_when_set: MomentInvariant = {
  id: 'entry-is-right-when-set',
  ofPlace: true,
  text: 'From the moment that it is set, before the operation returns, an entry maps the right page with the right permission.',
  pteSet(c, address) {
    c.looked++;
    const { w } = c;
    let v = vma_lookup(w, address);
    if (v < 0) v = unlinked_vma(w, address);
    const fault = judge_entry(w, v, address);
    if (fault !== RIGHT) return wrong_entry(c, v, address, fault);
    c.address = address;
    const writable = (w.pte.flags[address] & PTE_WRITE) !== 0 && !may_be_writable(w, address);
    const permitted = writable ? PTE_WRITE : excess(w, v, address);
    return permitted === 0 || violated(c, linear_page_index(w, v, address), RIGHT, permitted);
  },
  describe: (c) => `${say(c)}, while the operation runs`,
};

export const no_page_freed_while_mapped: MomentInvariant = {
  id: 'no-page-freed-while-mapped',
  ofPlace: true,
  text: 'No page goes back to the allocator while a page table entry maps it.',
  pageFreed(c, page) {
    c.looked++;
    const { pfn } = c.w.pte;
    const address = pfn.indexOf(page + 1);
    if (address < 0) return true;
    c.address = address;
    c.subject = page;
    return false;
  },
  describe: (c) => `${place(c.address)} still maps page ${c.subject} when it is freed`,
};

export const MOMENT_INVARIANTS: readonly MomentInvariant[] = [
  entry_is_right_when_set,
  no_page_freed_while_mapped,
];
