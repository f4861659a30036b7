import { PROCS, USERS } from '../../model/alphabet/bounds.js';
import type { World } from '../../model/kernel/world.js';
import { data_page_nr } from '../../model/perf/ring-buffer.js';
import type { Census } from './census.js';
import { type Invariant, violated } from './invariant.js';

const users = new Int32Array(USERS);
const mms = new Int32Array(PROCS);

/** Add up what the live buffers should be charged, to the user and to the memory that made each. */
function add_up(w: World, census: Census): void {
  for (let user = 0; user < USERS; user++) users[user] = 0;
  for (let mm = 0; mm < PROCS; mm++) mms[mm] = 0;
  for (let i = 0; i < census.rbs; i++) {
    const rb = census.rbList[i];
    if (w.rb.used[rb] === 0) continue;
    const pinned = w.rb.mmap_locked[rb];
    users[w.rb.owner_user[rb]] += data_page_nr(w, rb) + 1 - pinned;
    charge_mm(w, w.rb.owner_mm[rb], w.rb.owner_gen[rb], pinned);
    if (w.rb.aux_nr_pages[rb] === 0) continue;
    const auxPinned = w.rb.aux_mmap_locked[rb];
    users[w.rb.aux_owner_user[rb]] += w.rb.aux_nr_pages[rb] - auxPinned;
    charge_mm(w, w.rb.aux_owner_mm[rb], w.rb.aux_owner_gen[rb], auxPinned);
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
