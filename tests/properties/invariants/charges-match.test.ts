import { describe } from 'vitest';
import { charges_match } from '#properties/invariants/charges-match';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, MAP_AUX, OPEN, OPEN_AUX, UNMAP, UNMAP_AUX } from '../../support/lives.js';

describe('charges-match', () => {
  itHolds(charges_match);

  itCatches(charges_match, 'close-forgets-refund', {
    steps: [OPEN, MAP, UNMAP],
    says: 'perf_mlock of user 0 is 2 pages, made and still there: 0',
  });
  itCatches(charges_match, 'close-forgets-aux-refund', {
    steps: [OPEN_AUX, MAP, ...MAP_AUX, UNMAP_AUX],
    says: 'perf_mlock of user 0 is 3 pages, made and still there: 2',
  });
  itCatches(charges_match, 'aux-refund-either-or', {
    env: { gift: 3 },
    steps: [
      OPEN_AUX,
      MAP,
      ['store', 0, { page: 0, word: 'aux_offset', value: 2 }],
      ['store', 0, { page: 0, word: 'aux_size', value: 2 }],
      ['mmap', 0, { fd: 0, page: 12, npages: 2, prot: 1, pgoff: 2 }],
      ['munmap', 0, { page: 12, npages: 2 }],
    ],
    says: 'perf_mlock of user 0 is 3 pages, made and still there: 2',
  });
  itCatches(charges_match, 'refund-per-attached-event', {
    steps: [OPEN, MAP, ['open', 0, { fd: 1 }], ['set_output', 0, { fd: 1, target: 0 }], UNMAP],
    says: 'perf_mlock of user 0 is -2 pages, made and still there: 0',
  });
  itCatches(charges_match, 'refund-to-the-last-mm', {
    env: { gift: 0 },
    steps: [
      OPEN,
      MAP,
      ['fork', 0, { child: 1 }],
      ['mmap', 1, { fd: 0, page: 0, npages: 2, prot: 1 }],
      UNMAP,
      ['munmap', 1, { page: 0, npages: 2 }],
    ],
    says: 'pinned_vm of process 0 is 2 pages, made and still there: 0',
  });
  itCatches(charges_match, 'v6.12-fork-inherits-vma', {
    env: { gift: 0 },
    steps: [OPEN, MAP, ['fork', 0, { child: 1 }], UNMAP, ['munmap', 1, { page: 0, npages: 2 }]],
    says: 'pinned_vm of process 0 is 2 pages, made and still there: 0',
  });
  itCatches(charges_match, 'refund-to-the-caller', {
    steps: [OPEN, MAP, ['setuid', 0, { user: 1 }], UNMAP],
    says: 'perf_mlock of user 0 is 2 pages, made and still there: 0',
  });
  itCatches(charges_match, 'sysctl-shrink', {
    steps: [
      OPEN,
      MAP,
      ['gift', 0, { pages: 1 }],
      ['open', 0, { fd: 1 }],
      ['mmap', 0, { fd: 1, page: 8, npages: 1, prot: 1 }],
    ],
    says: 'buffer 1: what is pinned of it is not a part of its pages',
  });

  itAllows(charges_match, 'a second mapping, which costs nothing', [OPEN, MAP, MAP_AGAIN, UNMAP]);
  itAllows(charges_match, 'a charge that went with its process', {
    env: { gift: 0 },
    steps: [
      OPEN,
      MAP,
      ['fork', 0, { child: 1 }],
      ['mmap', 1, { fd: 0, page: 0, npages: 2, prot: 1 }],
      ['exit', 0],
      ['munmap', 1, { page: 0, npages: 2 }],
    ],
  });
});
