import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { control_store_succeeds } from '#properties/invariants/control-store-succeeds';
import { ask } from '../../support/ask.js';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, OPEN } from '../../support/lives.js';

const says = 'process 0, page 0: the store to the control page fails with 1794';

describe('control-store-succeeds', () => {
  itHolds(control_store_succeeds);

  itCatches(control_store_succeeds, 'mkwrite-no-page', {
    steps: [OPEN, MAP, ['store', 0, { page: 0, value: 20 }]],
    says,
  });
  itCatches(control_store_succeeds, 'mkwrite-no-page', {
    steps: [OPEN, MAP, ['cas_fail', 0, { page: 0 }]],
    says,
  });

  itAllows(control_store_succeeds, 'a store that no mapping permits', [
    OPEN,
    MAP_AGAIN,
    ['store', 0, { page: 4, value: 20 }],
    ['store', 0, { page: 0, value: 20 }],
  ]);
  itAllows(control_store_succeeds, 'a store to a data page that fails', [
    OPEN,
    MAP,
    ['xchg', 0, { page: 1, value: 20 }],
    ['store', 0, { page: 1, value: 20 }],
  ]);

  it('looks at stores to the control pages of events alone', () => {
    const looked = (page: number) =>
      ask(control_store_succeeds, advance, {
        steps: [
          OPEN,
          MAP,
          ['mmap', 0, { fd: -1, page: 8, npages: 2, prot: 3 }],
          ['mmap', 0, { fd: -1, page: 14, npages: 2, prot: 3, flags: 'private' }],
          ['store', 0, { page, value: 20 }],
        ],
      }).looked;
    expect([0, 1, 8, 9, 12, 14].map(looked)).toEqual([1, 0, 0, 0, 0, 0]);
  });
});
