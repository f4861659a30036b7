import { type Invariant, violated } from './invariant.js';

const FIELDS = ['mapcount', 'refcount', 'index'];

export const struct_page_counts: Invariant = {
  id: 'struct-page-counts',
  text: "A buffer page's map count is the number of entries that map it with its struct page, its refcount one more; a page mapped by PFN has neither. Where its mapping is set, its index is its place in the file.",
  check(c) {
    const { refcount, mapcount, mapping, index, role } = c.w.page;
    const { mappers, pageList, pages } = c.census;
    c.looked += pages;
    for (let i = 0; i < pages; i++) {
      const p = pageList[i];
      c.address = 0;
      if (mapcount[p] !== mappers[p]) return violated(c, p, mapcount[p], mappers[p]);
      c.address = 1;
      if (refcount[p] !== mappers[p] + 1) return violated(c, p, refcount[p], mappers[p] + 1);
      c.address = 2;
      if (mapping[p] !== 0 && index[p] !== role[p]) return violated(c, p, index[p], role[p]);
    }
    return true;
  },
  describe: (c) => `page ${c.subject}: ${FIELDS[c.address]} is ${c.found}, should be ${c.expected}`,
};
