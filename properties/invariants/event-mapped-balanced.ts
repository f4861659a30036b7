import { type Invariant, violated } from './invariant.js';

export const event_mapped_balanced: Invariant = {
  id: 'event-mapped-balanced',
  text: "The PMU's event_mapped less event_unmapped is the number of the event's VMAs.",
  check(c) {
    const { mapped } = c.w.event;
    const { census } = c;
    c.looked += census.events;
    for (let i = 0; i < census.events; i++) {
      const e = census.eventList[i];
      if (mapped[e] !== census.eventVmas[e]) return violated(c, e, mapped[e], census.eventVmas[e]);
    }
    return true;
  },
  describe: (c) => `event ${c.subject}: event_mapped balance is ${c.found}, VMAs: ${c.expected}`,
};
