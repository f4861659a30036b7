import { perf_mmap_calc_limits } from '../perf/account.js';
import { buddy } from '../perf/backing.js';
import { may_share } from '../perf/event.js';
import { event_mapped } from '../perf/rdpmc.js';
import { CORE_6_12 } from './core-kernels.js';
import type { Design } from './design.js';
import { become_perf_mapping, find_or_make_buffer } from './hooks/attach-v6.12.js';
import { close_with, to_the_last_mm } from './hooks/close.js';
import { clear_mapping, perf_mmap_fault, perf_mmap_mkwrite } from './hooks/fault.js';
import { perf_mmap_may_split } from './hooks/map-range.js';
import { perf_mmap_open } from './hooks/open.js';

/** Pages are faulted in one by one. As in the stable series (v6.12.42 and later: with `may_split`). */
export const v6_12: Design = {
  id: 'v6.12',
  title: 'faults pages in one by one, as Linux v6.12 (stable)',
  kind: 'transcribed',
  core: CORE_6_12,
  mechanism: 'demand-fault',
  page_fields: 'used',
  backing: buddy,
  mmap(w, v) {
    const e = w.vma.file[v] - 1;
    const ret = find_or_make_buffer(w, v, e);
    if (ret !== 0) return ret;
    become_perf_mapping(w, v);
    event_mapped(w, v);
    return 0;
  },
  vm_ops: {
    open: perf_mmap_open,
    close: close_with(to_the_last_mm),
    fault: perf_mmap_fault,
    page_mkwrite: perf_mmap_mkwrite,
    may_split: perf_mmap_may_split,
  },
  before_free: clear_mapping,
  calc_limits: perf_mmap_calc_limits,
  may_share,
  output_mutexes: 'both',
  aux_excludes: 'buffer',
  event_mm: 'vma',
};
