import { PROCS } from '../../model/alphabet/bounds.js';
import { type Context, type Invariant, violated } from './invariant.js';

/** Subjects from here on are processes, below events. */
const PROCESSES = 1_000;

function memory_is_balanced(c: Context): boolean {
  const { alive, rdpmc_allowed, rdpmc_left } = c.w.task;
  const { mmVmas } = c.census;
  for (let mm = 0; mm < PROCS; mm++) {
    if (alive[mm] === 0) continue;
    if (rdpmc_allowed[mm] !== mmVmas[mm]) return violated(c, PROCESSES + mm, rdpmc_allowed[mm], mmVmas[mm]);
    if (rdpmc_left[mm] !== 0) return violated(c, PROCESSES + mm, rdpmc_left[mm], 0);
  }
  return true;
}

export const event_mapped_balanced: Invariant = {
  id: 'event-mapped-balanced',
  text: "The PMU's event_mapped less event_unmapped is the number of the event's VMAs, and in each memory the number of its VMAs of events.",
  check(c) {
    const { mapped } = c.w.event;
    const { census } = c;
    c.looked += census.events;
    for (let i = 0; i < census.events; i++) {
      const e = census.eventList[i];
      if (mapped[e] !== census.eventVmas[e]) return violated(c, e, mapped[e], census.eventVmas[e]);
    }
    return memory_is_balanced(c);
  },
  describe(c) {
    const { subject } = c;
    const whose = subject < PROCESSES ? `event ${subject}` : `process ${subject - PROCESSES}`;
    return `${whose}: event_mapped balance is ${c.found}, VMAs: ${c.expected}`;
  },
};
