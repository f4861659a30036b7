import { type Invariant, violated } from './invariant.js';

export const files_counted: Invariant = {
  id: 'files-counted',
  text: 'An event lives exactly as long as descriptors or mappings use its file.',
  check(c) {
    const { f_count } = c.w.event;
    const { census } = c;
    c.looked += census.events;
    let uses = 0;
    c.address = 0;
    for (let i = 0; i < census.events; i++) {
      const e = census.eventList[i];
      const users = census.eventVmas[e] + census.eventFds[e];
      if (f_count[e] !== users || users === 0) return violated(c, e, f_count[e], users);
      uses += users;
    }
    c.address = 1;
    return uses === census.uses || violated(c, 0, census.uses - uses, 0);
  },
  describe: (c) =>
    c.address === 0
      ? `event ${c.subject}: file count is ${c.found}, descriptors and mappings: ${c.expected}`
      : `${c.found} descriptor(s) or mapping(s) use an event that is gone`,
};
