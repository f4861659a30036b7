import { describe } from 'vitest';
import { entries_map_their_page } from '#properties/invariants/entries-map-their-page';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AUX, OPEN, OPEN_AUX, UNMAP } from '../../support/lives.js';

const AUX_MAPPED = [OPEN_AUX, MAP, ...MAP_AUX];

describe('entries-map-their-page', () => {
  itHolds(entries_map_their_page);

  itCatches(entries_map_their_page, 'aux-pgoff-zero', {
    steps: AUX_MAPPED,
    says: 'process 0, page 12: the entry maps the wrong page of its buffer: 0 where 2 belongs',
  });
  itCatches(entries_map_their_page, 'fault-next-page', {
    steps: [OPEN, ['mmap', 0, { fd: 0, page: 0, npages: 3, prot: 1 }], ['load', 0, { page: 1 }]],
    says: 'process 0, page 1: the entry maps the wrong page of its buffer: 2 where 1 belongs',
  });
  // A freed page is the next to be used: the second buffer's are not in a row.
  itCatches(entries_map_their_page, 'one-remap', {
    steps: [OPEN, MAP, UNMAP, ['mmap', 0, { fd: 0, page: 0, npages: 2, prot: 1 }]],
    says: 'process 0, page 1: the entry maps a page that has been freed',
  });
  itCatches(entries_map_their_page, 'one-remap', {
    steps: [
      OPEN,
      MAP,
      ['open', 0, { fd: 1 }],
      ['mmap', 0, { fd: 1, page: 8, npages: 1, prot: 1 }],
      UNMAP,
      ['mmap', 0, { fd: 0, page: 0, npages: 2, prot: 1 }],
    ],
    says: "process 0, page 1: the entry maps a page that is not of its event's buffer",
  });
  itCatches(entries_map_their_page, 'close-frees-aux-early', {
    steps: [...AUX_MAPPED, UNMAP],
    says: 'process 0, page 12: the entry maps a page that has been freed',
  });
  itCatches(entries_map_their_page, 'one-page-too-many', {
    steps: [OPEN, MAP],
    says: 'process 0, page 2: an entry, and no mapping covers it',
  });

  itAllows(entries_map_their_page, 'a mapping that is moved, and one after it in its place', [
    OPEN,
    MAP,
    ['mremap', 0, { page: 0, npages: 2, new_npages: 2, mode: 'fixed', new_page: 4 }],
    ['mmap', 0, { fd: 0, page: 0, npages: 2, prot: 1 }],
    ['load', 0, { page: 1 }],
    ['load', 0, { page: 5 }],
  ]);
});
