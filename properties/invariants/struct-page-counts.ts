import { type Invariant, violated } from './invariant.js';

export const struct_page_counts: Invariant = {
  id: 'struct-page-counts',
  text: "A buffer page's map count is the number of entries that map it with its struct page, its refcount one more; a page mapped by PFN has neither.",
  check(c) {
    const { refcount, mapcount } = c.w.page;
    const { mappers, pageList, pages } = c.census;
    c.looked += pages;
    for (let i = 0; i < pages; i++) {
      const p = pageList[i];
      c.address = 0;
      if (mapcount[p] !== mappers[p]) return violated(c, p, mapcount[p], mappers[p]);
      c.address = 1;
      if (refcount[p] !== mappers[p] + 1) return violated(c, p, refcount[p], mappers[p] + 1);
    }
    return true;
  },
  describe: (c) =>
    `page ${c.subject}: ${c.address === 0 ? 'mapcount' : 'refcount'} is ${c.found}, should be ${c.expected}`,
};
