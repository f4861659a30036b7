import { WORD_AUX_OFFSET, WORD_AUX_SIZE, WORDS } from '../../alphabet/operands.js';
import type { World } from '../../kernel/world.js';
import { VM_SHARED } from '../../mm/flags.js';
import { data_page_nr, rb_has_aux } from '../../perf/ring-buffer.js';
import { RB_PAGES } from '../../perf/tables.js';

/** @param n at least 1 */
function is_power_of_2(n: number): boolean {
  return (n & (n - 1)) === 0;
}

/** What no mapping of this event may be: private, or of an inherited per-task event. */
export function may_never_map(w: World, v: number, e: number): boolean {
  return (w.event.cpu[e] === -1 && w.event.inherit[e] !== 0) || (w.vma.vm_flags[v] & VM_SHARED) === 0;
}

/** Whether this many data pages cannot make a buffer. */
export function bad_data_size(nr_pages: number): boolean {
  return nr_pages !== 0 && !is_power_of_2(nr_pages);
}

/**
 * Whether an AUX mapping of this place and size is not the one that the user page asks for, or that exists.
 * `aux_offset` and `aux_size` are read from the page that user space can write.
 */
export function bad_aux_geometry(w: World, rb: number, pgoff: number, nr_pages: number): boolean {
  const user_page = (w.rbData.page[rb * RB_PAGES] - 1) * WORDS;
  const aux_offset = w.content[user_page + WORD_AUX_OFFSET];
  const aux_size = w.content[user_page + WORD_AUX_SIZE];
  if (aux_offset < data_page_nr(w, rb) + 1 || aux_offset !== pgoff) return true;
  if (rb_has_aux(w, rb) && (w.rb.aux_pgoff[rb] !== pgoff || w.rb.aux_nr_pages[rb] !== nr_pages)) return true;
  return aux_size !== nr_pages || !is_power_of_2(nr_pages);
}
