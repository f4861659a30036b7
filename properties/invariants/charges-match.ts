import { PROCS, USERS } from '../../model/alphabet/bounds.js';
import type { World } from '../../model/kernel/world.js';
import type { Census } from './census.js';
import { type Invariant, violated } from './invariant.js';

const users = new Int32Array(USERS);
const mms = new Int32Array(PROCS);

/**
 * Add up what the live buffers should be charged, to the user and to the memory that made each. How many pages there are is
 * counted; only how much of them was pinned is the design's own word, and is looked at when it is given
 * (`new-pages-charged`).
 * @returns a buffer of which more is pinned than it has, or less than nothing, or -1
 */
function add_up(w: World, { rbs, rbList, rbPages, rbAuxPages }: Census): number {
  for (let user = 0; user < USERS; user++) users[user] = 0;
  for (let mm = 0; mm < PROCS; mm++) mms[mm] = 0;
  const { used, mmap_locked, aux_mmap_locked, owner_user, owner_mm, owner_gen } = w.rb;
  for (let i = 0; i < rbs; i++) {
    const rb = rbList[i];
    if (used[rb] === 0) continue;
    const pinned = mmap_locked[rb];
    if (pinned < 0 || pinned > rbPages[rb]) return rb;
    users[owner_user[rb]] += rbPages[rb] - pinned;
    charge_mm(w, owner_mm[rb], owner_gen[rb], pinned);
    if (rbAuxPages[rb] === 0) continue;
    const auxPinned = aux_mmap_locked[rb];
    if (auxPinned < 0 || auxPinned > rbAuxPages[rb]) return rb;
    const { aux_owner_user, aux_owner_mm, aux_owner_gen } = w.rb;
    users[aux_owner_user[rb]] += rbAuxPages[rb] - auxPinned;
    charge_mm(w, aux_owner_mm[rb], aux_owner_gen[rb], auxPinned);
  }
  return -1;
}

/** Memory that an exec has left took its charge with it. What that of a dead process would have is not looked at. */
function charge_mm(w: World, mm: number, gen: number, pages: number): void {
  if (w.task.gen[mm] === gen) mms[mm] += pages;
}

export const charges_match: Invariant = {
  id: 'charges-match',
  text: 'Each user and each memory is charged exactly the buffer pages that it made, never less than none.',
  check(c) {
    const { w } = c;
    c.looked += c.census.rbs;
    c.address = 2;
    const overdrawn = add_up(w, c.census);
    if (overdrawn >= 0) return violated(c, overdrawn, 0, 0);
    c.address = 0;
    for (let user = 0; user < USERS; user++) {
      if (w.user.perf_mlock[user] !== users[user])
        return violated(c, user, w.user.perf_mlock[user], users[user]);
    }
    c.address = 1;
    for (let mm = 0; mm < PROCS; mm++) {
      if (w.task.alive[mm] !== 0 && w.task.pinned_vm[mm] !== mms[mm]) {
        return violated(c, mm, w.task.pinned_vm[mm], mms[mm]);
      }
    }
    return true;
  },
  describe: (c) => {
    if (c.address === 2) return `buffer ${c.subject}: what is pinned of it is not a part of its pages`;
    const who = c.address === 0 ? `perf_mlock of user ${c.subject}` : `pinned_vm of process ${c.subject}`;
    return `${who} is ${c.found} pages, made and still there: ${c.expected}`;
  },
};
