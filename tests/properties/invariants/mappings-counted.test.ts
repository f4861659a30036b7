import { describe } from 'vitest';
import { mappings_counted } from '#properties/invariants/mappings-counted';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, MAP_AUX, OPEN, OPEN_AUX, UNMAP, UNMAP_AUX } from '../../support/lives.js';

describe('mappings-counted', () => {
  itHolds(mappings_counted);

  itCatches(mappings_counted, 'vma-split', {
    steps: [OPEN, MAP, ['munmap', 0, { page: 0, npages: 1 }]],
    says: 'buffer 0: aux_mmap_count is 1, VMAs: 0',
  });
  itCatches(mappings_counted, 'close-forgets-event-count', {
    steps: [OPEN, MAP, MAP_AGAIN, UNMAP],
    says: 'event 0: mmap_count is 2, VMAs: 1',
  });
  itCatches(mappings_counted, 'buffer-count-forgotten', {
    steps: [OPEN, MAP, MAP_AGAIN],
    says: 'buffer 0: mmap_count is 1, VMAs: 2',
  });

  itAllows(mappings_counted, 'AUX mappings that come, move and go', [
    OPEN_AUX,
    MAP,
    ...MAP_AUX,
    ['mmap', 0, { fd: 0, page: 14, npages: 1, prot: 1, pgoff: 2 }],
    ['mremap', 0, { page: 14, npages: 1, new_npages: 1, mode: 'fixed', new_page: 16 }],
    UNMAP_AUX,
    UNMAP,
  ]);
});
