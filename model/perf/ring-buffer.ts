import { INJECT_ALLOC, WORD_DATA_OFFSET, WORD_DATA_SIZE, WORDS } from '../alphabet/operands.js';
import { should_fail } from '../kernel/inject.js';
import { rcu_read_lock } from '../kernel/rcu.js';
import { refcount_dec_and_test, refcount_inc_not_zero } from '../kernel/refcount.js';
import { TABLE_FULL } from '../kernel/stop.js';
import { WARN_NULL_RB, WARN_RB_USE_AFTER_FREE, warn } from '../kernel/warn.js';
import type { World } from '../kernel/world.js';
import { alloc_page, BACKING_BUDDY, free_page } from '../mm/page.js';
import { call_rcu_rb_free, rcu_read_unlock } from './rcu.js';
import { RB, RB_AUX_PAGES, RB_PAGES } from './tables.js';

/** Data pages of a buffer (data_page_nr): a vmalloc buffer counts its pages as one of an order. */
export function data_page_nr(w: World, rb: number): number {
  return w.rb.nr_pages[rb] << w.rb.page_order[rb];
}

export function rb_has_aux(w: World, rb: number): boolean {
  return w.rb.aux_nr_pages[rb] !== 0;
}

/**
 * A buffer with this many data pages and one reference, not yet attached (rb_alloc).
 * @param writable the first mapping may write: the buffer stops when full
 * @returns rb, or -1: no memory, nothing left behind
 */
export function rb_alloc(w: World, nr_pages: number, writable: boolean): number {
  if (should_fail(w, INJECT_ALLOC)) return -1;
  const rb = w.rb.used.indexOf(0);
  if (rb < 0 || nr_pages >= RB_PAGES) throw TABLE_FULL;
  clear_rb(w, rb);
  if (!w.design.backing.alloc(w, rb, nr_pages)) return -1;
  w.rb.used[rb] = 1;
  w.rb.refcount[rb] = 1;
  w.rb.overwrite[rb] = writable ? 0 : 1;
  w.rb.paused[rb] = nr_pages === 0 ? 1 : 0;
  const task = w.sys.current[0] - 1;
  w.rb.owner_user[rb] = w.task.user[task];
  w.rb.owner_mm[rb] = task;
  w.rb.owner_gen[rb] = w.task.gen[task];
  const content = (w.rbData.page[rb * RB_PAGES] - 1) * WORDS;
  w.content[content + WORD_DATA_OFFSET] = 1;
  w.content[content + WORD_DATA_SIZE] = nr_pages;
  return rb;
}

function clear_rb(w: World, rb: number): void {
  for (let i = 0; i < RB.columns.length; i++) w.rb[RB.columns[i]][rb] = 0;
}

/** A reference to the event's buffer, or -1 (ring_buffer_get). */
export function ring_buffer_get(w: World, e: number): number {
  rcu_read_lock(w);
  let rb = rcu_dereference_rb(w, e);
  if (rb >= 0 && !refcount_inc_not_zero(w, w.rb.refcount, rb)) rb = -1;
  rcu_read_unlock(w);
  return rb;
}

/** The event's buffer, or -1, as a reader without a lock finds it. @suspends */
export function rcu_dereference_rb(w: World, e: number): number {
  return w.event.rb[e] - 1;
}

/** Drop a reference; the last one frees the buffer after a grace period (ring_buffer_put). */
export function ring_buffer_put(w: World, rb: number): void {
  if (w.rb.used[rb] === 0) {
    warn(w, WARN_RB_USE_AFTER_FREE);
    return;
  }
  if (refcount_dec_and_test(w, w.rb.refcount, rb)) call_rcu_rb_free(w, rb);
}

/**
 * Attach the event to a buffer (takes over the caller's reference) or detach it (-1) (ring_buffer_attach). Not followed: the
 * wait for a grace period before an event that left one list enters another, since walks here go by number, not by links.
 */
export function ring_buffer_attach(w: World, e: number, rb: number): void {
  const old = w.event.rb[e] - 1;
  if (old >= 0) list_move(w, e, 0);
  if (rb >= 0) list_move(w, e, rb + 1);
  rcu_assign_rb(w, e, rb);
  if (old >= 0) ring_buffer_put(w, old);
}

/** list_del_rcu and list_add_rcu under the buffer's event_lock. @suspends */
function list_move(w: World, e: number, entry: number): void {
  w.event.rb_entry[e] = entry;
}

/** From now on everybody finds the buffer, or none (rcu_assign_pointer of event->rb). @suspends */
function rcu_assign_rb(w: World, e: number, rb: number): void {
  w.event.rb[e] = rb + 1;
}

/**
 * The page of the buffer's file at this offset, + 1, or 0: none (perf_mmap_to_page). One page past the AUX area is its first
 * page again, as the kernel's check (`>`) and its speculation barrier (array_index_nospec) make it.
 * @param rb -1: what the kernel would do with a NULL pointer
 */
export function perf_mmap_to_page(w: World, rb: number, pgoff: number): number {
  if (rb < 0) {
    warn(w, WARN_NULL_RB);
    return 0;
  }
  const { aux_nr_pages, aux_pgoff } = w.rb;
  if (rb_has_aux(w, rb)) {
    const aux = pgoff - aux_pgoff[rb];
    if (aux > aux_nr_pages[rb]) return 0;
    if (aux >= 0) return w.rbAux.page[rb * RB_AUX_PAGES + (aux < aux_nr_pages[rb] ? aux : 0)];
  }
  return pgoff > data_page_nr(w, rb) ? 0 : w.rbData.page[rb * RB_PAGES + pgoff];
}

/**
 * Give the buffer an AUX area (rb_alloc_aux, but for its -EOPNOTSUPP): the list of pages, the pages, and what the PMU sets up
 * for itself (setup_aux). `aux_nr_pages` grows with the pages, `aux_pgoff` comes last.
 * @returns false: no memory, nothing left behind
 */
export function rb_alloc_aux(w: World, rb: number, pgoff: number, nr_pages: number): boolean {
  if (nr_pages > RB_AUX_PAGES) throw TABLE_FULL;
  if (should_fail(w, INJECT_ALLOC)) return false;
  const base = rb * RB_AUX_PAGES;
  w.rb.aux_nr_pages[rb] = 0;
  for (let i = 0; i < nr_pages; i++) {
    const got = alloc_aux_page(w, rb, pgoff + i);
    if (got === 0) {
      free_aux_pages(w, rb);
      return false;
    }
    w.rbAux.page[base + i] = got;
    w.rb.aux_nr_pages[rb] = i + 1;
  }
  if (should_fail(w, INJECT_ALLOC)) {
    free_aux_pages(w, rb);
    return false;
  }
  w.rb.aux_refcount[rb] = 1;
  w.rb.aux_pgoff[rb] = pgoff;
  const task = w.sys.current[0] - 1;
  w.rb.aux_owner_user[rb] = w.task.user[task];
  w.rb.aux_owner_mm[rb] = task;
  w.rb.aux_owner_gen[rb] = w.task.gen[task];
  return true;
}

/** One page of an AUX area (rb_alloc_aux_page). @suspends */
function alloc_aux_page(w: World, rb: number, pgoff: number): number {
  return alloc_page(w, rb + 1, pgoff, BACKING_BUDDY);
}

function free_aux_pages(w: World, rb: number): void {
  for (let i = 0; i < w.rb.aux_nr_pages[rb]; i++) {
    const p = w.rbAux.page[rb * RB_AUX_PAGES + i] - 1;
    w.design.before_free(w, p);
    free_page(w, p);
    w.rbAux.page[rb * RB_AUX_PAGES + i] = 0;
  }
  w.rb.aux_nr_pages[rb] = 0;
}

/** The last reference to the AUX area frees its pages (rb_free_aux). */
export function rb_free_aux(w: World, rb: number): void {
  if (--w.rb.aux_refcount[rb] === 0) free_aux_pages(w, rb);
}
