import { type Invariant, violated } from './invariant.js';

export const locks_released: Invariant = {
  id: 'locks-released',
  text: 'An operation that is over holds no mutex.',
  check(c) {
    const { event, rb } = c.w;
    for (let e = 0; e < event.used.length; e++) {
      if (event.used[e] === 0) continue;
      c.looked++;
      c.address = 0;
      if (event.mmap_mutex[e] !== 0) return violated(c, e, 1, 0);
    }
    for (let i = 0; i < rb.used.length; i++) {
      if (rb.used[i] === 0) continue;
      c.address = 1;
      if (rb.aux_mutex[i] !== 0) return violated(c, i, 1, 0);
    }
    return true;
  },
  describe: (c) =>
    c.address === 0 ? `mmap_mutex of event ${c.subject} is held` : `aux_mutex of buffer ${c.subject} is held`,
};
