import type { World } from '../kernel/world.js';
import { perf_mmap_calc_limits } from '../perf/account.js';
import { buddy } from '../perf/backing.js';
import { may_share } from '../perf/event.js';
import { event_mapped } from '../perf/rdpmc.js';
import { CORE_6_14 } from './core-kernels.js';
import type { Design } from './design.js';
import { become_perf_mapping, find_or_make_buffer } from './hooks/attach-v6.12.js';
import { bad_data_size, may_never_map } from './hooks/checks.js';
import { close_with, to_the_last_mm } from './hooks/close.js';
import { leave_page, map_range, perf_mmap_pfn_mkwrite } from './hooks/map-range.js';
import { perf_mmap_open } from './hooks/open.js';

/** "perf: map pages in advance" (b709eb872e19) as merged: a failure keeps its flags, its hooks, its counts and its charge. */
export const v6_14: Design = {
  id: 'v6.14',
  title: 'maps all pages in advance, as merged in Linux v6.14',
  kind: 'transcribed',
  core: CORE_6_14,
  mechanism: 'advance',
  page_fields: 'untouched',
  backing: buddy,
  mmap(w, v) {
    const e = w.vma.file[v] - 1;
    let ret = find_or_make_buffer(w, v, e);
    if (ret !== 0 && refused_before_mutex(w, v, e)) return ret;
    become_perf_mapping(w, v);
    if (ret === 0) ret = map_range(w, v, w.event.rb[e] - 1);
    event_mapped(w, v);
    return ret;
  },
  vm_ops: {
    open: perf_mmap_open,
    close: close_with(to_the_last_mm),
    pfn_mkwrite: perf_mmap_pfn_mkwrite,
  },
  before_free: leave_page,
  calc_limits: perf_mmap_calc_limits,
  may_share,
  output_mutexes: 'both',
  aux_excludes: 'buffer',
  event_mm: 'vma',
};

/**
 * What is refused before `mmap_mutex` is taken leaves at once; what is refused under it (EPERM, ENOMEM, a buffer of
 * another size, an AUX area that does not fit) runs on to `event_mapped`.
 */
function refused_before_mutex(w: World, v: number, e: number): boolean {
  if (may_never_map(w, v, e)) return true;
  return w.vma.vm_pgoff[v] !== 0 ? w.event.rb[e] === 0 : bad_data_size(w.vma.end[v] - v - 1);
}
