import { INJECT_ALLOC, WORDS } from '../alphabet/operands.js';
import { should_fail } from '../kernel/inject.js';
import { TABLE_FULL } from '../kernel/stop.js';
import {
  WARN_PAGE_DOUBLE_FREE,
  WARN_PAGE_GET_FREE,
  WARN_PAGE_MAPPING_AT_FREE,
  WARN_PAGE_REFERENCED_AT_FREE,
  warn,
} from '../kernel/warn.js';
import type { World } from '../kernel/world.js';

/** Where a page's memory comes from. */
export const BACKING_BUDDY = 0;
export const BACKING_VMALLOC = 1;

/**
 * A zeroed page with one reference (alloc_pages_node with __GFP_ZERO).
 * @param owner rb + 1 and @param role pgoff: what the page is for, known to the model only
 * @returns the page + 1, or 0: no memory
 */
export function alloc_page(w: World, owner: number, role: number, backing: number): number {
  if (should_fail(w, INJECT_ALLOC)) return 0;
  return take_page(w, owner, role, backing);
}

/** `alloc_page` without a chance to fail: for one allocation that is made of many pages (vmalloc). */
export function take_page(w: World, owner: number, role: number, backing: number): number {
  const { page, sys } = w;
  const taken = sys.free_page[0];
  if (taken === 0) throw TABLE_FULL;
  const p = taken - 1;
  sys.free_page[0] = page.next[p];
  page.state[p] = 1;
  page.index[p] = 0;
  page.mapping[p] = 0;
  page.refcount[p] = 1;
  page.mapcount[p] = 0;
  page.locked[p] = 0;
  page.backing[p] = backing;
  page.owner[p] = owner;
  page.role[p] = role;
  w.content.fill(0, p * WORDS, (p + 1) * WORDS);
  return taken;
}

export function get_page(w: World, p: number): void {
  if (w.page.refcount[p] === 0) warn(w, WARN_PAGE_GET_FREE);
  w.page.refcount[p]++;
}

/** Drop a reference; the last one frees the page (folio_put). */
export function put_page(w: World, p: number): void {
  if (--w.page.refcount[p] === 0) release_page(w, p);
}

/** `__free_page`: the owner's reference goes. The page is freed only if nobody else holds one. */
export function free_page(w: World, p: number): void {
  if (w.page.state[p] === 0) warn(w, WARN_PAGE_DOUBLE_FREE);
  if (w.page.mapping[p] !== 0) warn(w, WARN_PAGE_MAPPING_AT_FREE);
  if (w.page.refcount[p] > 1) warn(w, WARN_PAGE_REFERENCED_AT_FREE);
  put_page(w, p);
}

function release_page(w: World, p: number): void {
  const { page, sys } = w;
  page.state[p] = 0;
  page.owner[p] = 0;
  page.next[p] = sys.free_page[0];
  sys.free_page[0] = p + 1;
  w.watch.pageFreed(w, p);
}

/** Writes to the fields of struct page that the advance mapping is there to leave alone. */
export function set_page_mapping(w: World, p: number, mapping: number): void {
  w.page.mapping[p] = mapping;
  w.sys.page_field_writes[0]++;
}

export function set_page_index(w: World, p: number, index: number): void {
  w.page.index[p] = index;
  w.sys.page_field_writes[0]++;
}
