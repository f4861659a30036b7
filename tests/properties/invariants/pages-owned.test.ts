import { describe } from 'vitest';
import { pages_owned } from '#properties/invariants/pages-owned';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AUX, OPEN_AUX, UNMAP } from '../../support/lives.js';

describe('pages-owned', () => {
  itHolds(pages_owned);

  itCatches(pages_owned, 'close-loses-a-page', {
    steps: [OPEN_AUX, MAP, UNMAP],
    says: '1 pages are allocated, live buffers know 0',
  });

  itAllows(pages_owned, 'an AUX area that outlives the data mapping', [OPEN_AUX, MAP, ...MAP_AUX, UNMAP]);
});
