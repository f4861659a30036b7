import { describe } from 'vitest';
import { no_kernel_warning } from '#properties/invariants/no-kernel-warning';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, OPEN, UNMAP } from '../../support/lives.js';

const REDIRECTED = [OPEN, MAP, ['open', 0, { fd: 1 }], ['set_output', 0, { fd: 1, target: 0 }]] as const;
const LOADED = [OPEN, MAP, ['load', 0, { page: 0 }]] as const;

describe('no-kernel-warning', () => {
  itHolds(no_kernel_warning);

  itCatches(no_kernel_warning, 'redirected-mmap', {
    steps: [...REDIRECTED, ['mmap', 0, { fd: 1, page: 8, npages: 2, prot: 1 }]],
    says: 'refcount_t: addition on 0; use-after-free',
  });
  itCatches(no_kernel_warning, 'close-puts-rb-twice', {
    steps: [OPEN, MAP, UNMAP],
    says: 'WARNING: a freed ring buffer is used',
  });
  itCatches(no_kernel_warning, 'close-frees-rb-twice', {
    steps: [OPEN, MAP, UNMAP],
    says: 'WARNING: a freed ring buffer is freed again',
  });
  itCatches(no_kernel_warning, 'mapping-left-at-free', {
    steps: [...LOADED, UNMAP],
    says: 'BUG: Bad page state: page->mapping set on free',
  });
  itCatches(no_kernel_warning, 'fault-gets-page-twice', {
    steps: [...LOADED, UNMAP],
    says: 'BUG: Bad rss-counter or page refcount: page freed while references remain',
  });

  itAllows(no_kernel_warning, 'a buffer whose last mapping goes, and a new one', [
    ...REDIRECTED,
    MAP_AGAIN,
    UNMAP,
    ['munmap', 0, { page: 4, npages: 2 }],
    MAP,
  ]);
});
