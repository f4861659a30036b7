import { rcu_read_lock } from '../../kernel/rcu.js';
import type { World } from '../../kernel/world.js';
import { FAULT_FLAG_WRITE, VM_FAULT_SIGBUS } from '../../mm/flags.js';
import { get_page, set_page_index, set_page_mapping } from '../../mm/page.js';
import { aux_lock, aux_unlock } from '../../perf/aux-lock.js';
import { rcu_read_unlock } from '../../perf/rcu.js';
import {
  perf_mmap_to_page,
  rcu_dereference_rb,
  ring_buffer_get,
  ring_buffer_put,
} from '../../perf/ring-buffer.js';

/**
 * perf_mmap_fault as `fault` (to v6.13): the page comes in with a reference, and with `mapping` and `index` set, which
 * the first write to the control page needs.
 */
export function perf_mmap_fault(w: World, v: number, pgoff: number, flags: number): number {
  const e = w.vma.file[v] - 1;
  rcu_read_lock(w);
  const rb = rcu_dereference_rb(w, e);
  const refused = rb < 0 || (pgoff !== 0 && (flags & FAULT_FLAG_WRITE) !== 0);
  const got = refused ? 0 : perf_mmap_to_page(w, rb, pgoff);
  if (got !== 0) take_page_of_file(w, got - 1, e, pgoff);
  rcu_read_unlock(w);
  return got;
}

/**
 * What the fault should be: pages are looked up with `aux_mutex` held, so that no AUX area is seen that is half made, or half gone.
 */
export function perf_mmap_fault_under_mutex(w: World, v: number, pgoff: number, flags: number): number {
  if (pgoff !== 0 && (flags & FAULT_FLAG_WRITE) !== 0) return 0;
  const e = w.vma.file[v] - 1;
  const rb = ring_buffer_get(w, e);
  if (rb < 0) return 0;
  aux_lock(w, rb);
  const got = perf_mmap_to_page(w, rb, pgoff);
  if (got !== 0) take_page_of_file(w, got - 1, e, pgoff);
  aux_unlock(w, rb);
  ring_buffer_put(w, rb);
  return got;
}

/** A page that was found is taken: between the two somebody may free it. @suspends */
function take_page_of_file(w: World, p: number, e: number, pgoff: number): void {
  get_page(w, p);
  set_page_mapping(w, p, e + 1);
  set_page_index(w, p, pgoff);
}

/** perf_mmap_fault as `page_mkwrite` (FAULT_FLAG_MKWRITE): only the control page may be written. */
export function perf_mmap_mkwrite(_w: World, _v: number, _address: number, pgoff: number): number {
  return pgoff === 0 ? 0 : VM_FAULT_SIGBUS;
}

/** `mapping` is cleared before a page is freed (perf_mmap_free_page, rb_free_aux_page, to v6.13). */
export function clear_mapping(w: World, page: number): void {
  set_page_mapping(w, page, 0);
}
