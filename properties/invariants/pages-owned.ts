import { RB_AUX_PAGES, RB_PAGES } from '../../model/perf/tables.js';
import { type Invariant, violated } from './invariant.js';

export const pages_owned: Invariant = {
  id: 'pages-owned',
  text: 'Every allocated page belongs to a live buffer that knows it: none is leaked.',
  check(c) {
    const { w, census } = c;
    let known = 0;
    for (let i = 0; i < census.rbs; i++) {
      const rb = census.rbList[i];
      if (w.rb.used[rb] === 0) continue;
      for (let at = rb * RB_PAGES; at < (rb + 1) * RB_PAGES; at++) if (w.rbData.page[at] !== 0) known++;
      for (let at = rb * RB_AUX_PAGES; at < (rb + 1) * RB_AUX_PAGES; at++) if (w.rbAux.page[at] !== 0) known++;
    }
    c.looked += census.pages;
    return census.pages === known || violated(c, 0, census.pages, known);
  },
  describe: (c) => `${c.found} pages are allocated, live buffers know ${c.expected}`,
};
