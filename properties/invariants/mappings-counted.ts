import { type Invariant, violated } from './invariant.js';

export const mappings_counted: Invariant = {
  id: 'mappings-counted',
  text: "An event's mmap_count, and a buffer's mmap_count and aux_mmap_count, are the numbers of VMAs that they count.",
  check(c) {
    const { w, census } = c;
    c.looked += census.events + census.rbs;
    for (let i = 0; i < census.events; i++) {
      const e = census.eventList[i];
      if (w.event.mmap_count[e] !== census.eventVmas[e]) {
        c.address = 0;
        return violated(c, e, w.event.mmap_count[e], census.eventVmas[e]);
      }
    }
    for (let i = 0; i < census.rbs; i++) {
      const rb = census.rbList[i];
      if (w.rb.mmap_count[rb] !== census.rbVmas[rb]) {
        c.address = 1;
        return violated(c, rb, w.rb.mmap_count[rb], census.rbVmas[rb]);
      }
      if (w.rb.aux_mmap_count[rb] !== census.rbAuxVmas[rb]) {
        c.address = 2;
        return violated(c, rb, w.rb.aux_mmap_count[rb], census.rbAuxVmas[rb]);
      }
    }
    return true;
  },
  describe: (c) => {
    const what = ['event', 'buffer', 'buffer'][c.address];
    const count = ['mmap_count', 'mmap_count', 'aux_mmap_count'][c.address];
    return `${what} ${c.subject}: ${count} is ${c.found}, VMAs: ${c.expected}`;
  },
};
