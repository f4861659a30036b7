import { type Invariant, violated } from './invariant.js';

export const files_counted: Invariant = {
  id: 'files-counted',
  text: 'An event lives exactly as long as descriptors or mappings use its file.',
  check(c) {
    const { w } = c;
    const slots = w.files.event;
    for (let e = 0; e < w.event.used.length; e++) {
      if (w.event.used[e] === 0) continue;
      c.looked++;
      let users = c.census.eventVmas[e];
      for (let slot = 0; slot < slots.length; slot++) if (slots[slot] === e + 1) users++;
      if (w.event.f_count[e] !== users || users === 0) return violated(c, e, w.event.f_count[e], users);
    }
    return true;
  },
  describe: (c) => `event ${c.subject}: file count is ${c.found}, descriptors and mappings: ${c.expected}`,
};
