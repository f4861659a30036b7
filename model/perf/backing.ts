import { INJECT_ALLOC } from '../alphabet/operands.js';
import { should_fail } from '../kernel/inject.js';
import type { Backing, World } from '../kernel/world.js';
import { alloc_page, BACKING_BUDDY, BACKING_VMALLOC, take_page } from '../mm/page.js';
import { perf_mmap_free_page } from './rb-free.js';
import { data_page_nr } from './ring-buffer.js';
import { RB_PAGES } from './tables.js';

/** The control page and the data pages. */
function all_pages(w: World, rb: number): number {
  return data_page_nr(w, rb) + 1;
}

/** One page at a time (rb_alloc without CONFIG_PERF_USE_VMALLOC). */
export const buddy: Backing = {
  alloc(w, rb, nr_pages) {
    const base = rb * RB_PAGES;
    for (let i = 0; i <= nr_pages; i++) {
      const got = alloc_page(w, rb + 1, i, BACKING_BUDDY);
      w.rbData.page[base + i] = got;
      if (got === 0) {
        while (i-- > 0) perf_mmap_free_page(w, base + i);
        return false;
      }
    }
    w.rb.nr_pages[rb] = nr_pages;
    return true;
  },
  pages: all_pages,
};

/** One allocation for all (rb_alloc with CONFIG_PERF_USE_VMALLOC). */
export const vmalloc: Backing = {
  alloc(w, rb, nr_pages) {
    if (should_fail(w, INJECT_ALLOC)) return false;
    for (let i = 0; i <= nr_pages; i++)
      w.rbData.page[rb * RB_PAGES + i] = take_page(w, rb + 1, i, BACKING_VMALLOC);
    w.rb.nr_pages[rb] = nr_pages === 0 ? 0 : 1;
    w.rb.page_order[rb] = nr_pages === 0 ? 0 : Math.log2(nr_pages);
    return true;
  },
  pages: all_pages,
};
