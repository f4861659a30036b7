import { type Invariant, violated } from './invariant.js';

export const event_mapped_balanced: Invariant = {
  id: 'event-mapped-balanced',
  text: "The PMU's event_mapped less event_unmapped is the number of the event's VMAs.",
  check(c) {
    const { used, mapped } = c.w.event;
    for (let e = 0; e < used.length; e++) {
      if (used[e] === 0) continue;
      c.looked++;
      if (mapped[e] !== c.census.eventVmas[e]) return violated(c, e, mapped[e], c.census.eventVmas[e]);
    }
    return true;
  },
  describe: (c) => `event ${c.subject}: event_mapped balance is ${c.found}, VMAs: ${c.expected}`,
};
