import { HANG } from '../../model/alphabet/observations.js';
import { type Invariant, violated } from './invariant.js';

const LOCKS = ['mmap_mutex of event', 'aux_mutex of buffer', 'lock of page', 'mmap_lock of process'];

export const locks_released: Invariant = {
  id: 'locks-released',
  text: 'An operation that is over holds no mutex, nor the lock of a page.',
  check(c) {
    const { event, rb, page } = c.w;
    const { census } = c;
    c.looked += census.events;
    c.address = 0;
    for (let i = 0; i < census.events; i++) {
      const e = census.eventList[i];
      if (event.mmap_mutex[e] !== 0) return violated(c, e, 1, 0);
    }
    c.address = 1;
    for (let i = 0; i < census.rbs; i++) {
      if (rb.aux_mutex[census.rbList[i]] !== 0) return violated(c, census.rbList[i], 1, 0);
    }
    c.address = 2;
    for (let i = 0; i < census.pages; i++) {
      if (page.locked[census.pageList[i]] !== 0) return violated(c, census.pageList[i], 1, 0);
    }
    // An operation that never returns is not over: it has its mmap_lock still.
    if (c.obs[0] === HANG) return true;
    c.address = 3;
    const { mmap_lock } = c.w.task;
    for (let mm = 0; mm < mmap_lock.length; mm++) {
      if (mmap_lock[mm] !== 0) return violated(c, mm, 1, 0);
    }
    return true;
  },
  describe: (c) => `${LOCKS[c.address]} ${c.subject} is held`,
};
