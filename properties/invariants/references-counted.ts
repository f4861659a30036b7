import { type Invariant, violated } from './invariant.js';

export const references_counted: Invariant = {
  id: 'references-counted',
  text: "A buffer's refcount is the number of events attached to it; none is attached without a mapping, none lives unattached.",
  check(c) {
    const { used, refcount, mmap_count } = c.w.rb;
    const { census } = c;
    c.looked += census.rbs;
    for (let i = 0; i < census.rbs; i++) {
      const rb = census.rbList[i];
      const attached = census.rbEvents[rb];
      c.address = 0;
      if (used[rb] === 0 || attached === 0 || refcount[rb] !== attached) {
        return violated(c, rb, used[rb] === 0 ? 0 : refcount[rb], attached);
      }
      c.address = 1;
      if (mmap_count[rb] <= 0) return violated(c, rb, mmap_count[rb], 1);
    }
    return true;
  },
  describe: (c) =>
    c.address === 0
      ? `buffer ${c.subject}: refcount is ${c.found}, attached events: ${c.expected}`
      : `buffer ${c.subject}: events are attached to it and nothing maps it`,
};
