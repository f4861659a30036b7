import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { page_fields_untouched } from '#properties/invariants/page-fields-untouched';
import { ask } from '../../support/ask.js';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { LIFE, MAP, OPEN, UNMAP } from '../../support/lives.js';

describe('page-fields-untouched', () => {
  itHolds(page_fields_untouched, [advance]);

  it('is not asked of a design that needs them', () => {
    expect(ask(page_fields_untouched, demand_fault, { steps: LIFE })).toEqual({ looked: 0 });
  });

  itCatches(page_fields_untouched, 'index-written', {
    steps: [OPEN, MAP],
    says: 'page 1: page->index is written',
  });
  itCatches(page_fields_untouched, 'mapping-written', {
    steps: [OPEN, MAP],
    says: 'page 0: page->mapping is written',
  });
  itCatches(page_fields_untouched, 'mapping-cleared', {
    steps: [OPEN, MAP, UNMAP],
    says: '2 write(s) to page->index or page->mapping',
  });

  itAllows(page_fields_untouched, 'stores to the pages', [OPEN, MAP, ['store', 0, { page: 0, value: 20 }]]);
});
