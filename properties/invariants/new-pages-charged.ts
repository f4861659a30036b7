import type { World } from '../../model/kernel/world.js';
import type { BeforeMmap } from './before-mmap.js';
import { type Invariant, violated } from './invariant.js';

/** Pages that are allocated now and were not. */
function new_pages({ now, was }: BeforeMmap['page_state']): number {
  let pages = 0;
  for (let p = 0; p < now.length; p++) pages += now[p] - was[p];
  return pages;
}

/** How many of this many pages are beyond the user's gift (perf_mmap, v5.6): what is charged already fills at most the gift. */
function beyond_gift(w: World, charged: number, pages: number): number {
  const gift = w.sys.gift[0];
  return Math.max(0, Math.min(charged, gift) + pages - gift);
}

export const new_pages_charged: Invariant = {
  id: 'new-pages-charged',
  text: "An mmap charges the caller for the pages that it allocates and no others: up to the gift the user, for the rest the caller's memory.",
  check(c) {
    const { w, before } = c;
    if (!before.known || c.obs[0] !== 0) return true;
    c.looked++;
    const proc = c.ops[c.at + 1];
    const user = w.task.user[proc];
    const { perf_mlock, pinned_vm } = before;
    const pages = new_pages(before.page_state);
    const pinned = beyond_gift(w, perf_mlock.was[user], pages);
    c.address = 0;
    c.expected = perf_mlock.was[user] + pages - pinned;
    if (perf_mlock.now[user] !== c.expected) return violated(c, user, perf_mlock.now[user], c.expected);
    c.address = 1;
    c.expected = pinned_vm.was[proc] + pinned;
    return pinned_vm.now[proc] === c.expected || violated(c, proc, pinned_vm.now[proc], c.expected);
  },
  describe: (c) => {
    const who = c.address === 0 ? `perf_mlock of user ${c.subject}` : `pinned_vm of process ${c.subject}`;
    return `${who} is ${c.found} pages after the mmap, by the pages that it allocated: ${c.expected}`;
  },
};
