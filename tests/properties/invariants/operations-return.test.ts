import { describe } from 'vitest';
import { operations_return } from '#properties/invariants/operations-return';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, NO_PAGE_TABLE, OPEN } from '../../support/lives.js';

const STORE = [OPEN, MAP, ['store', 0, { page: 0, value: 20 }]] as const;
const says = 'the operation never returns';

describe('operations-return', () => {
  itHolds(operations_return);

  itCatches(operations_return, 'fault-no-mapping', { steps: STORE, says });
  itCatches(operations_return, 'insert-pages-ro-noretry', { steps: STORE, says });
  itCatches(operations_return, 'mkwrite-retries', { steps: STORE, says });
  itCatches(operations_return, 'mapfail-deadlock', { steps: [OPEN, NO_PAGE_TABLE, MAP], says });
  itCatches(operations_return, 'lock-left-held', {
    env: { gift: 0, rlimit: 0 },
    steps: [OPEN, MAP, MAP],
    says,
  });

  itAllows(operations_return, 'faults that end in a signal', [
    OPEN,
    MAP,
    ['store', 0, { page: 1, value: 20 }],
    ['load', 0, { page: 8 }],
  ]);
});
