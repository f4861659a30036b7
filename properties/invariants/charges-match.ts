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
 */
function add_up(w: World, census: Census): void {
  users.fill(0);
  mms.fill(0);
  const { owner_user, owner_mm, owner_gen, aux_owner_user, aux_owner_mm, aux_owner_gen } = w.rb;
  for (let i = 0; i < census.rbs; i++) {
    const rb = census.rbList[i];
    if (w.rb.used[rb] === 0) continue;
    const pinned = w.rb.mmap_locked[rb];
    users[owner_user[rb]] += census.rbPages[rb] - pinned;
    charge_mm(w, owner_mm[rb], owner_gen[rb], pinned);
    if (census.rbAuxPages[rb] === 0) continue;
    const auxPinned = w.rb.aux_mmap_locked[rb];
    users[aux_owner_user[rb]] += census.rbAuxPages[rb] - auxPinned;
    charge_mm(w, aux_owner_mm[rb], aux_owner_gen[rb], auxPinned);
  }
}

/** Memory that has gone, by exit or exec, took its charge with it. */
function charge_mm(w: World, mm: number, gen: number, pages: number): void {
  if (w.task.alive[mm] !== 0 && w.task.gen[mm] === gen) mms[mm] += pages;
}

export const charges_match: Invariant = {
  id: 'charges-match',
  text: 'Each user and each memory is charged exactly the buffer pages that it made, never less than none.',
  check(c) {
    const { w } = c;
    add_up(w, c.census);
    c.looked += c.census.rbs;
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
    const who = c.address === 0 ? `perf_mlock of user ${c.subject}` : `pinned_vm of process ${c.subject}`;
    return `${who} is ${c.found} pages, made and still there: ${c.expected}`;
  },
};
