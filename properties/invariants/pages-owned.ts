import { type Invariant, violated } from './invariant.js';

export const pages_owned: Invariant = {
  id: 'pages-owned',
  text: 'Every allocated page belongs to a live buffer that knows it: none is leaked.',
  check(c) {
    const { pages, allocated } = c.census;
    c.looked += allocated;
    return allocated === pages || violated(c, 0, allocated, pages);
  },
  describe: (c) => `${c.found} pages are allocated, live buffers know ${c.expected}`,
};
