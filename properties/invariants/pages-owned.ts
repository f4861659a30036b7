import { type Invariant, violated } from './invariant.js';

export const pages_owned: Invariant = {
  id: 'pages-owned',
  text: 'Every allocated page belongs to a live buffer that knows it: none is leaked.',
  check(c) {
    const { rbPages, rbAuxPages, rbList, rbs, pages } = c.census;
    let known = 0;
    for (let i = 0; i < rbs; i++) known += rbPages[rbList[i]] + rbAuxPages[rbList[i]];
    c.looked += pages;
    return pages === known || violated(c, 0, pages, known);
  },
  describe: (c) => `${c.found} pages are allocated, live buffers know ${c.expected}`,
};
