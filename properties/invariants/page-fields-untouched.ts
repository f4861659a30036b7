import type { Invariant } from './invariant.js';
import { violated } from './invariant.js';

export const page_fields_untouched: Invariant = {
  id: 'page-fields-untouched',
  text: 'An advance mapping never writes the index or mapping field of a struct page.',
  applies: (w) => w.design.page_fields === 'untouched',
  check(c) {
    c.looked++;
    const writes = c.w.sys.page_field_writes[0];
    return writes === 0 || violated(c, 0, writes, 0);
  },
  describe: (c) => `${c.found} write(s) to page->index or page->mapping`,
};
