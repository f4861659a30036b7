import { describe } from 'vitest';
import { locks_released } from '#properties/invariants/locks-released';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AUX, NO_PAGE_TABLE, OPEN, OPEN_AUX } from '../../support/lives.js';

describe('locks-released', () => {
  itHolds(locks_released);

  itCatches(locks_released, 'lock-left-held', {
    env: { gift: 0, rlimit: 0 },
    steps: [OPEN, MAP],
    says: 'mmap_mutex of event 0 is held',
  });
  itCatches(locks_released, 'aux-lock-left-held', {
    steps: [OPEN_AUX, MAP, ...MAP_AUX],
    says: 'aux_mutex of buffer 0 is held',
  });
  itCatches(locks_released, 'page-lock-left-held', {
    steps: [OPEN, MAP, ['store', 0, { page: 0, value: 20 }]],
    says: 'lock of page 0 is held',
  });

  itAllows(locks_released, 'failures with locks held', [
    OPEN,
    NO_PAGE_TABLE,
    MAP,
    ['mmap', 0, { fd: 0, page: 0, npages: 4, prot: 1 }],
  ]);
});
