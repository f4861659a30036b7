import { describe } from 'vitest';
import { entry_is_right_when_set, no_page_freed_while_mapped } from '#properties/invariants/at-every-moment';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, MAP_AUX, NO_PAGE_TABLE, OPEN, OPEN_AUX, UNMAP } from '../../support/lives.js';

const HALF_MAPPED = [OPEN, NO_PAGE_TABLE, MAP];

describe('entry-is-right-when-set', () => {
  itHolds(entry_is_right_when_set);

  // The state is clean again when the operation returns: what was mapped has been taken back.
  itCatches(entry_is_right_when_set, 'first-page-twice', {
    steps: [
      OPEN,
      ['inject', 0, { site: 'pgtable', nth: 2 }],
      ['mmap', 0, { fd: 0, page: 0, npages: 3, prot: 1 }],
    ],
    says: 'process 0, page 1: the entry maps the wrong page of its buffer: 0 where 1 belongs, while the operation runs',
  });
  itCatches(entry_is_right_when_set, 'shared-prot', {
    steps: [OPEN, MAP],
    says: 'process 0, page 1: the page table entry is writable, for pgoff 1, while the operation runs',
  });
  itCatches(entry_is_right_when_set, 'always-executable', {
    steps: [OPEN, MAP],
    says: 'process 0, page 0: the entry permits a fetch, its mapping does not, while the operation runs',
  });
  itCatches(entry_is_right_when_set, 'mkwrite-page-1', {
    steps: [OPEN, MAP, ['store', 0, { page: 1, value: 20 }]],
    says: 'process 0, page 1: the page table entry is writable, for pgoff 1, while the operation runs',
  });

  itAllows(entry_is_right_when_set, 'entries that change with their mapping', [
    OPEN,
    MAP,
    ['store', 0, { page: 0, value: 20 }],
    ['mprotect', 0, { page: 0, npages: 2, prot: 0 }],
    ['mprotect', 0, { page: 0, npages: 2, prot: 3 }],
    ['mmap', 0, { fd: 0, page: 0, npages: 2, prot: 1 }],
  ]);
});

describe('no-page-freed-while-mapped', () => {
  itHolds(no_page_freed_while_mapped);

  itCatches(no_page_freed_while_mapped, 'no-zap', {
    steps: HALF_MAPPED,
    says: 'process 0, page 0 still maps page 0 when it is freed',
  });
  itCatches(no_page_freed_while_mapped, 'no-zap-unlocked', {
    steps: HALF_MAPPED,
    says: 'process 0, page 0 still maps page 0 when it is freed',
  });
  itCatches(no_page_freed_while_mapped, 'close-frees-aux-early', {
    steps: [OPEN_AUX, MAP, ...MAP_AUX, UNMAP],
    says: 'process 0, page 12 still maps page 2 when it is freed',
  });

  itAllows(no_page_freed_while_mapped, 'a second mapping that cannot be made', [
    OPEN,
    MAP,
    NO_PAGE_TABLE,
    MAP_AGAIN,
    UNMAP,
  ]);
});
