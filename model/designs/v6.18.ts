import { perf_mmap_calc_limits } from '../perf/account.js';
import { buddy } from '../perf/backing.js';
import { may_share } from '../perf/event.js';
import { CORE_6_18 } from './core-kernels.js';
import type { Design } from './design.js';
import type { AttachOptions } from './hooks/attach-v6.18.js';
import { close_with, to_the_last_mm } from './hooks/close.js';
import { leave_page, map_range, perf_mmap_may_split, perf_mmap_pfn_mkwrite } from './hooks/map-range.js';
import { perf_mmap_unlocked } from './hooks/mmap-v6.18.js';
import { perf_mmap_open } from './hooks/open.js';

/** How kernels since v6.18 find or make a buffer or an AUX area. */
export const ATTACH_6_18: AttachOptions = {
  charges_shared: true,
  remembers_mm: false,
  aux_can_be_first: false,
  counts_aux_when_made: false,
  leaves_unmapped: false,
};

/**
 * The rewrite of August 2025: split in two, refcount_t, failures undone by `close`. With -EBUSY for a redirected event (stable,
 * January 2026), and before the pages were mapped under `mmap_mutex` (77de62ad3de3, stable in March 2026): later v6.18 is as
 * `v7.3`.
 */
export const v6_18: Design = {
  id: 'v6.18',
  title: 'maps all pages in advance, as Linux v6.18 (stable)',
  kind: 'transcribed',
  core: CORE_6_18,
  mechanism: 'advance',
  page_fields: 'untouched',
  backing: buddy,
  mmap: perf_mmap_unlocked(ATTACH_6_18, map_range),
  vm_ops: {
    open: perf_mmap_open,
    close: close_with(to_the_last_mm),
    pfn_mkwrite: perf_mmap_pfn_mkwrite,
    may_split: perf_mmap_may_split,
  },
  before_free: leave_page,
  calc_limits: perf_mmap_calc_limits,
  may_share,
  output_mutexes: 'both',
  aux_excludes: 'buffer',
  event_mm: 'vma',
};
