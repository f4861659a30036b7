import { describe } from 'vitest';
import { failed_mmap_changes_nothing } from '#properties/invariants/failed-mmap-changes-nothing';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, MAP_AUX, NO_MEMORY, NO_PAGE_TABLE, OPEN, OPEN_AUX } from '../../support/lives.js';

const but_was_zero = (what: string) => `${what}, was 0 before the mmap that failed`;
const HALF_MAPPED = [OPEN, NO_PAGE_TABLE, MAP];

describe('failed-mmap-changes-nothing', () => {
  itHolds(failed_mmap_changes_nothing);

  itCatches(failed_mmap_changes_nothing, 'v6.14-failures', {
    steps: [OPEN, NO_MEMORY, MAP],
    says: but_was_zero('event_mapped balance of event 0 is 1'),
  });
  itCatches(failed_mmap_changes_nothing, 'mapfail-no-undo', {
    steps: HALF_MAPPED,
    says: but_was_zero('life of buffer 0 is 1'),
  });
  itCatches(failed_mmap_changes_nothing, 'mapfail-minimal-forgets-unmapped', {
    steps: HALF_MAPPED,
    says: but_was_zero('event_mapped balance of event 0 is 1'),
  });
  itCatches(failed_mmap_changes_nothing, 'mapfail-minimal-forgets-unaccount', {
    steps: HALF_MAPPED,
    says: but_was_zero('perf_mlock of user 0 is 2'),
  });
  itCatches(failed_mmap_changes_nothing, 'event-mapped-late', {
    steps: HALF_MAPPED,
    says: but_was_zero('event_mapped balance of event 0 is -1'),
  });
  itCatches(failed_mmap_changes_nothing, 'aux-count-before-alloc', {
    steps: [OPEN_AUX, MAP, ...MAP_AUX.slice(0, -1), NO_MEMORY, ...MAP_AUX.slice(-1)],
    says: but_was_zero('aux_mmap_count of buffer 0 is 1'),
  });

  // Generic mm: what a MAP_FIXED range holds goes before the file is asked.
  itAllows(failed_mmap_changes_nothing, 'a failing MAP_FIXED that unmaps a buffer', [
    OPEN,
    MAP,
    ['mmap', 0, { fd: 0, page: 0, npages: 4, prot: 1 }],
  ]);
  itAllows(failed_mmap_changes_nothing, 'a failing MAP_FIXED that unmaps locked memory', [
    OPEN,
    ['mmap', 0, { fd: -1, page: 0, npages: 2, prot: 1, flags: 'locked' }],
    ['mmap', 0, { fd: 0, page: 0, npages: 4, prot: 1 }],
  ]);
  itAllows(failed_mmap_changes_nothing, 'an mmap that does not fail', [OPEN, MAP, MAP_AGAIN]);
});
