import { describe } from 'vitest';
import { control_store_succeeds } from '#properties/invariants/control-store-succeeds';
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
});
