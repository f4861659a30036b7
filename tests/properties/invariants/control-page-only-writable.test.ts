import { describe } from 'vitest';
import { control_page_only_writable } from '#properties/invariants/control-page-only-writable';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AUX, OPEN, OPEN_AUX } from '../../support/lives.js';

const STORE_TO_DATA = [OPEN, MAP, ['store', 0, { page: 1, value: 20 }]] as const;
const says = 'process 0, page 1: the page table entry is writable, for pgoff 1';

describe('control-page-only-writable', () => {
  itHolds(control_page_only_writable);

  itCatches(control_page_only_writable, 'shared-prot', { steps: [OPEN, MAP], says });
  itCatches(control_page_only_writable, 'insert-pages-in-mmap', { steps: [OPEN, MAP], says });
  itCatches(control_page_only_writable, 'mkwrite-any-page', { steps: STORE_TO_DATA, says });
  itCatches(control_page_only_writable, 'mkwrite-page-1', { steps: STORE_TO_DATA, says });
  itCatches(control_page_only_writable, 'no-pfn-mkwrite', { steps: STORE_TO_DATA, says });
  itCatches(control_page_only_writable, 'control-rw-no-hook', { steps: STORE_TO_DATA, says });
  itCatches(control_page_only_writable, 'no-page-mkwrite', {
    steps: [OPEN, MAP, ['load', 0, { page: 1 }]],
    says,
  });

  itAllows(control_page_only_writable, 'a dirty control page that is writable again', [
    OPEN,
    MAP,
    ['store', 0, { page: 0, value: 20 }],
    ['mprotect', 0, { page: 0, npages: 2, prot: 1 }],
    ['mprotect', 0, { page: 0, npages: 2, prot: 3 }],
    ['store', 0, { page: 0, value: 21 }],
  ]);
  itAllows(control_page_only_writable, 'a writable AUX mapping that nothing has been stored to', [
    OPEN_AUX,
    MAP,
    ...MAP_AUX.slice(0, -1),
    ['mmap', 0, { fd: 0, page: 12, npages: 1, prot: 3, pgoff: 2 }],
    ['store', 0, { page: 12, value: 20 }],
  ]);
});
