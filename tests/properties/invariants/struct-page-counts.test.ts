import { describe } from 'vitest';
import { struct_page_counts } from '#properties/invariants/struct-page-counts';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, OPEN } from '../../support/lives.js';

const LOADED = [OPEN, MAP, ['load', 0, { page: 0 }]] as const;

describe('struct-page-counts', () => {
  itHolds(struct_page_counts);

  itCatches(struct_page_counts, 'fault-no-get-page', {
    steps: LOADED,
    says: 'page 0: refcount is 1, should be 2',
  });
  itCatches(struct_page_counts, 'fault-gets-page-twice', {
    steps: LOADED,
    says: 'page 0: refcount is 3, should be 2',
  });
  itCatches(struct_page_counts, 'pfn-counted', {
    steps: [OPEN, MAP],
    says: 'page 0: mapcount is 1, should be 0',
  });

  itCatches(struct_page_counts, 'fault-no-index', {
    steps: [OPEN, MAP, ['load', 0, { page: 1 }]],
    says: 'page 1: index is 0, should be 1',
  });

  itAllows(struct_page_counts, 'pages that are mapped twice, and unmapped once', [
    ...LOADED,
    MAP_AGAIN,
    ['load', 0, { page: 4 }],
    ['munmap', 0, { page: 4, npages: 2 }],
  ]);
});
