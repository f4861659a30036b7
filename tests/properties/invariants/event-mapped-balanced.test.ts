import { describe } from 'vitest';
import { event_mapped_balanced } from '#properties/invariants/event-mapped-balanced';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, NO_PAGE_TABLE, OPEN, UNMAP } from '../../support/lives.js';

const MOVE = ['mremap', 0, { page: 0, npages: 2, new_npages: 2, mode: 'fixed', new_page: 4 }] as const;

describe('event-mapped-balanced', () => {
  itHolds(event_mapped_balanced);

  itCatches(event_mapped_balanced, 'close-forgets-unmapped', {
    steps: [OPEN, MAP, UNMAP],
    says: 'event 0: event_mapped balance is 1, VMAs: 0',
  });
  itCatches(event_mapped_balanced, 'open-forgets-mapped', {
    steps: [OPEN, MAP, MOVE],
    says: 'event 0: event_mapped balance is 0, VMAs: 1',
  });
  itCatches(event_mapped_balanced, 'event-mapped-late', {
    steps: [OPEN, NO_PAGE_TABLE, MAP],
    says: 'event 0: event_mapped balance is -1, VMAs: 0',
  });

  itCatches(event_mapped_balanced, 'rdpmc-mm', {
    steps: [OPEN, MAP, ['exec', 0]],
    says: 'process 0: event_mapped balance is -1, VMAs: 0',
  });

  itAllows(event_mapped_balanced, 'exec with mappings, and new ones after it', [
    OPEN,
    MAP,
    ['fork', 0, { child: 1 }],
    ['mmap', 1, { fd: 0, page: 0, npages: 2, prot: 1 }],
    ['exec', 0],
    MAP,
  ]);
  itAllows(event_mapped_balanced, 'a second mapping that fails halfway, and a move', [
    OPEN,
    MAP,
    NO_PAGE_TABLE,
    MAP_AGAIN,
    MOVE,
  ]);
});
