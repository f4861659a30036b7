import { type Invariant, violated } from './invariant.js';

/** What is wrong. */
const REFCOUNT = 0;
const UNMAPPED = 1;
const AUX = 2;
const DETACHED = 3;

export const references_counted: Invariant = {
  id: 'references-counted',
  text: "A buffer's refcount is the number of events attached to it; none is attached without a mapping, none lives unattached, no mapped event is without. An AUX area is there as long as something maps it.",
  check(c) {
    const { used, refcount } = c.w.rb;
    const { census } = c;
    c.looked += census.rbs;
    for (let i = 0; i < census.rbs; i++) {
      const rb = census.rbList[i];
      const attached = census.rbEvents[rb];
      c.address = REFCOUNT;
      if (used[rb] === 0 || attached === 0 || refcount[rb] !== attached) {
        return violated(c, rb, used[rb] === 0 ? 0 : refcount[rb], attached);
      }
      c.address = UNMAPPED;
      if (census.rbVmas[rb] === 0) return violated(c, rb, 0, 1);
      c.address = AUX;
      const pages = census.rbAuxPages[rb];
      const vmas = census.rbAuxVmas[rb];
      if ((pages === 0) !== (vmas === 0)) return violated(c, rb, pages, vmas);
    }
    c.address = DETACHED;
    for (let i = 0; i < census.events; i++) {
      const e = census.eventList[i];
      if (census.eventVmas[e] !== 0 && c.w.event.rb[e] === 0) return violated(c, e, 0, census.eventVmas[e]);
    }
    return true;
  },
  describe(c) {
    switch (c.address) {
      case REFCOUNT:
        return `buffer ${c.subject}: refcount is ${c.found}, attached events: ${c.expected}`;
      case UNMAPPED:
        return `buffer ${c.subject}: events are attached to it and nothing maps it`;
      case AUX:
        return `buffer ${c.subject}: ${c.found} AUX page(s), mappings of them: ${c.expected}`;
      default:
        return `event ${c.subject}: is mapped ${c.expected} time(s) and has no buffer`;
    }
  },
};
