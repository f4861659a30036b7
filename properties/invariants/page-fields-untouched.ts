import { type Invariant, violated } from './invariant.js';

export const page_fields_untouched: Invariant = {
  id: 'page-fields-untouched',
  text: 'An advance mapping never writes the index or mapping field of a struct page.',
  applies: (w) => w.design.page_fields === 'untouched',
  check(c) {
    const { index, mapping } = c.w.page;
    const { pageList, pages } = c.census;
    c.looked += pages;
    for (let i = 0; i < pages; i++) {
      const p = pageList[i];
      if ((index[p] | mapping[p]) === 0) continue;
      c.address = p;
      return violated(c, p, mapping[p] !== 0 ? 1 : 0, 0);
    }
    // Written and cleared again, or written to a page that is gone.
    c.address = -1;
    const writes = c.w.sys.page_field_writes[0];
    return writes === 0 || violated(c, 0, writes, 0);
  },
  describe: (c) =>
    c.address >= 0
      ? `page ${c.subject}: page->${c.found === 1 ? 'mapping' : 'index'} is written`
      : `${c.found} write(s) to page->index or page->mapping`,
};
