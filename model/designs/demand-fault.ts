import { advance, INTENDED_ATTACH } from './advance.js';
import type { Design } from './design.js';
import { close_under_mutex, to_whom_was_charged } from './hooks/close.js';
import { clear_mapping, perf_mmap_fault_under_mutex, perf_mmap_mkwrite } from './hooks/fault.js';
import { perf_mmap_may_split } from './hooks/map-range.js';
import { perf_mmap_locked } from './hooks/mmap-v6.18.js';
import { perf_mmap_open } from './hooks/open.js';
import { undo_further_mapping, undo_new_buffer } from './hooks/undo.js';

/** The mechanism that the advance mapping replaced, with everything else as in `advance`: what differs is the mechanism alone. */
export const demand_fault: Design = {
  ...advance,
  id: 'demand-fault',
  title: 'faults pages in one by one; intended',
  mechanism: 'demand-fault',
  page_fields: 'used',
  mmap: perf_mmap_locked(
    INTENDED_ATTACH,
    () => 0,
    undo_new_buffer(to_whom_was_charged),
    undo_further_mapping(to_whom_was_charged),
  ),
  vm_ops: {
    open: perf_mmap_open,
    close: close_under_mutex(to_whom_was_charged),
    fault: perf_mmap_fault_under_mutex,
    page_mkwrite: perf_mmap_mkwrite,
    may_split: perf_mmap_may_split,
  },
  before_free: clear_mapping,
};
