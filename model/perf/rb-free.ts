import { WARN_RB_DOUBLE_FREE, warn } from '../kernel/warn.js';
import type { World } from '../kernel/world.js';
import { free_page } from '../mm/page.js';
import { RB_PAGES } from './tables.js';

/** Free the buffer and its data pages (rb_free). */
export function rb_free(w: World, rb: number): void {
  if (w.rb.freed[rb]++ !== 0) {
    warn(w, WARN_RB_DOUBLE_FREE);
    return;
  }
  const base = rb * RB_PAGES;
  const pages = w.design.backing.pages(w, rb);
  for (let i = 0; i < pages; i++) perf_mmap_free_page(w, base + i);
  w.rb.used[rb] = 0;
}

/** @param i where `rbData` names the page */
export function perf_mmap_free_page(w: World, i: number): void {
  w.design.before_free(w, w.rbData.page[i] - 1);
  free_page(w, w.rbData.page[i] - 1);
  w.rbData.page[i] = 0;
}
