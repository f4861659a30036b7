import { type Invariant, violated } from './invariant.js';

export const files_counted: Invariant = {
  id: 'files-counted',
  text: 'An event lives exactly as long as descriptors or mappings use its file.',
  check(c) {
    const { w, census } = c;
    const slots = w.files.event;
    c.looked += census.events;
    for (let i = 0; i < census.events; i++) {
      const e = census.eventList[i];
      let users = census.eventVmas[e];
      for (let slot = 0; slot < slots.length; slot++) if (slots[slot] === e + 1) users++;
      if (w.event.f_count[e] !== users || users === 0) return violated(c, e, w.event.f_count[e], users);
    }
    return true;
  },
  describe: (c) => `event ${c.subject}: file count is ${c.found}, descriptors and mappings: ${c.expected}`,
};
