import type { Mutant } from '../mutant.js';
import { aux_count_before_alloc } from './aux-count-before-alloc.js';
import { aux_pgoff_zero } from './aux-pgoff-zero.js';
import { aux_ret_clobber } from './aux-ret-clobber.js';
import { event_mapped_late } from './event-mapped-late.js';
import { mapfail_deadlock } from './mapfail-deadlock.js';
import { mapfail_minimal_forgets_unaccount } from './mapfail-minimal-forgets-unaccount.js';
import { mapfail_minimal_forgets_unmapped } from './mapfail-minimal-forgets-unmapped.js';
import { mapfail_no_undo } from './mapfail-no-undo.js';
import { mapped_on_alloc_fail } from './mapped-on-alloc-fail.js';
import { redirected_mmap } from './redirected-mmap.js';
import { remap_null_rb } from './remap-null-rb.js';
import { vma_split } from './vma-split.js';

export const ADVANCE_MAPPING: readonly Mutant[] = [
  aux_pgoff_zero,
  remap_null_rb,
  mapfail_no_undo,
  mapped_on_alloc_fail,
  aux_ret_clobber,
  aux_count_before_alloc,
  vma_split,
  mapfail_deadlock,
  mapfail_minimal_forgets_unmapped,
  mapfail_minimal_forgets_unaccount,
  redirected_mmap,
  event_mapped_late,
];
