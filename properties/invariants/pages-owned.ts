import { RB_AUX_PAGES, RB_PAGES } from '../../model/perf/tables.js';
import { type Invariant, violated } from './invariant.js';

export const pages_owned: Invariant = {
  id: 'pages-owned',
  text: 'Every allocated page belongs to a live buffer that knows it: none is leaked.',
  check(c) {
    const { w } = c;
    let allocated = 0;
    for (let p = 0; p < w.page.state.length; p++) if (w.page.state[p] !== 0) allocated++;
    let known = 0;
    for (let rb = 0; rb < w.rb.used.length; rb++) {
      if (w.rb.used[rb] === 0) continue;
      for (let i = 0; i < RB_PAGES; i++) if (w.rbData.page[rb * RB_PAGES + i] !== 0) known++;
      for (let i = 0; i < RB_AUX_PAGES; i++) if (w.rbAux.page[rb * RB_AUX_PAGES + i] !== 0) known++;
    }
    c.looked += allocated;
    return allocated === known || violated(c, 0, allocated, known);
  },
  describe: (c) => `${c.found} pages are allocated, live buffers know ${c.expected}`,
};
