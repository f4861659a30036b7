import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { v7_3 } from '#model/designs/v7.3';
import { new_pages_charged } from '#properties/invariants/new-pages-charged';
import { ask } from '../../support/ask.js';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, NO_PAGE_TABLE, OPEN } from '../../support/lives.js';

const OVER_THE_GIFT = { gift: 1, rlimit: 64 };

describe('new-pages-charged', () => {
  itHolds(new_pages_charged);

  itCatches(new_pages_charged, v7_3, {
    steps: [OPEN, MAP, MAP_AGAIN],
    says: 'perf_mlock of user 0 is 4 pages after the mmap, by the pages that it allocated: 2',
  });
  itCatches(new_pages_charged, 'extra-grows', {
    env: OVER_THE_GIFT,
    steps: [OPEN, MAP],
    says: 'perf_mlock of user 0 is 2 pages after the mmap, by the pages that it allocated: 1',
  });
  itCatches(new_pages_charged, 'sysctl-shrink', {
    steps: [
      OPEN,
      MAP,
      ['gift', 0, { pages: 1 }],
      ['open', 0, { fd: 1 }],
      ['mmap', 0, { fd: 1, page: 8, npages: 1, prot: 1 }],
    ],
    says: 'perf_mlock of user 0 is 1 pages after the mmap, by the pages that it allocated: 2',
  });
  itCatches(new_pages_charged, 'shared-gift', {
    env: { gift: 4 },
    steps: [
      ['mmap', 0, { fd: -1, page: 20, npages: 3, prot: 1 }],
      ['mlock', 0, { page: 20, npages: 3 }],
      OPEN,
      MAP,
    ],
    says: 'perf_mlock of user 0 is 1 pages after the mmap, by the pages that it allocated: 2',
  });
  itCatches(new_pages_charged, 'pinned-not-charged', {
    env: OVER_THE_GIFT,
    steps: [OPEN, MAP],
    says: 'pinned_vm of process 0 is 0 pages after the mmap, by the pages that it allocated: 1',
  });

  itAllows(new_pages_charged, 'a charge over the gift', {
    env: OVER_THE_GIFT,
    steps: [OPEN, MAP, MAP_AGAIN],
  });
  itAllows(new_pages_charged, 'a new buffer over memory that is not of an event', [
    ['mmap', 0, { fd: -1, page: 0, npages: 5, prot: 3 }],
    OPEN,
    MAP,
  ]);
  itAllows(new_pages_charged, 'a charge to the process that maps, not to the one that opened', {
    env: OVER_THE_GIFT,
    steps: [OPEN, ['fork', 0, { child: 1 }], ['mmap', 1, { fd: 0, page: 0, npages: 2, prot: 1 }]],
  });

  it('leaves an mmap that fails to failed-mmap-changes-nothing', () => {
    expect(ask(new_pages_charged, advance, { steps: [OPEN, NO_PAGE_TABLE, MAP] })).toEqual({ looked: 0 });
  });
});
