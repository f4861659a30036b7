import { perf_mmap_calc_limits } from '../perf/account.js';
import { buddy } from '../perf/backing.js';
import { may_share } from '../perf/event.js';
import { CORE_7_3 } from './core-kernels.js';
import type { Design } from './design.js';
import type { AttachOptions } from './hooks/attach-v6.18.js';
import { close_under_mutex, to_whom_was_charged } from './hooks/close.js';
import { leave_page, map_range, perf_mmap_may_split, perf_mmap_pfn_mkwrite } from './hooks/map-range.js';
import { perf_mmap_locked } from './hooks/mmap-v6.18.js';
import { perf_mmap_open } from './hooks/open.js';
import { undo_further_mapping, undo_new_buffer } from './hooks/undo.js';

/** How the intended designs find or make a buffer or an AUX area. */
export const INTENDED_ATTACH: AttachOptions = {
  charges_shared: false,
  remembers_mm: true,
  aux_can_be_first: true,
  counts_aux_when_made: true,
  leaves_unmapped: true,
};

/**
 * What the advance mapping should be: the mechanism of v7.3; a shared mapping costs nothing; a refund goes to the user and
 * the memory that were charged.
 */
export const advance: Design = {
  id: 'advance',
  title: 'maps all pages in advance; intended',
  kind: 'intended',
  core: CORE_7_3,
  mechanism: 'advance',
  page_fields: 'untouched',
  backing: buddy,
  mmap: perf_mmap_locked(
    INTENDED_ATTACH,
    map_range,
    undo_new_buffer(to_whom_was_charged),
    undo_further_mapping(to_whom_was_charged),
  ),
  vm_ops: {
    open: perf_mmap_open,
    close: close_under_mutex(to_whom_was_charged),
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
