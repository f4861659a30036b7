import { describe } from 'vitest';
import { references_counted } from '#properties/invariants/references-counted';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AGAIN, MAP_AUX, NO_MEMORY, OPEN, OPEN_AUX, UNMAP, UNMAP_AUX } from '../../support/lives.js';

const REDIRECTED = [OPEN, MAP, ['open', 0, { fd: 1 }], ['set_output', 0, { fd: 1, target: 0 }]] as const;

describe('references-counted', () => {
  itHolds(references_counted);

  itCatches(references_counted, 'double-mmap-rb-ref', {
    steps: [OPEN, MAP, MAP_AGAIN],
    says: 'buffer 0: refcount is 2, attached events: 1',
  });
  itCatches(references_counted, 'close-leaks-rb', {
    steps: [OPEN, MAP, UNMAP],
    says: 'buffer 0: refcount is 1, attached events: 0',
  });
  itCatches(references_counted, 'close-puts-rb-twice', {
    steps: [...REDIRECTED, MAP_AGAIN, UNMAP],
    says: 'buffer 0: refcount is 1, attached events: 2',
  });
  itCatches(references_counted, 'close-detaches-nobody-else', {
    steps: [...REDIRECTED, UNMAP],
    says: 'buffer 0: events are attached to it and nothing maps it',
  });
  itCatches(references_counted, 'close-detaches-early', {
    steps: [OPEN, MAP, MAP_AGAIN, UNMAP],
    says: 'event 0: is mapped 1 time(s) and has no buffer',
  });

  itCatches(references_counted, 'close-keeps-aux', {
    steps: [OPEN_AUX, MAP, ...MAP_AUX, UNMAP_AUX],
    says: 'buffer 0: 1 AUX page(s), mappings of them: 0',
  });
  itCatches(references_counted, 'aux-mapped-without-pages', {
    steps: [OPEN_AUX, MAP, ...MAP_AUX.slice(0, -1), NO_MEMORY, ...MAP_AUX.slice(-1)],
    says: 'buffer 0: 0 AUX page(s), mappings of them: 1',
  });

  itAllows(references_counted, 'an event that leaves a buffer which others use', [
    ...REDIRECTED,
    ['set_output', 0, { fd: 1, target: -1 }],
    ['set_output', 0, { fd: 1, target: 0 }],
    ['close', 0, { fd: 1 }],
    UNMAP,
  ]);
});
