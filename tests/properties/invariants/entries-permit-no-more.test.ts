import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { entries_permit_no_more } from '#properties/invariants/entries-permit-no-more';
import { ask } from '../../support/ask.js';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { OPEN } from '../../support/lives.js';

const map = (prot: number) => ['mmap', 0, { fd: 0, page: 0, npages: 2, prot }] as const;

describe('entries-permit-no-more', () => {
  itHolds(entries_permit_no_more);

  itCatches(entries_permit_no_more, 'prot-none-readable', {
    steps: [OPEN, map(0)],
    says: 'process 0, page 0: the entry permits loads, its mapping does not',
  });
  itCatches(entries_permit_no_more, 'always-executable', {
    steps: [OPEN, map(1)],
    says: 'process 0, page 0: the entry permits a fetch, its mapping does not',
  });

  itAllows(entries_permit_no_more, 'entries whose permissions are taken away and given back', [
    OPEN,
    map(3),
    ['store', 0, { page: 0, value: 20 }],
    ['mprotect', 0, { page: 0, npages: 2, prot: 0 }],
    ['load', 0, { page: 0 }],
    ['mprotect', 0, { page: 0, npages: 2, prot: 1 }],
    ['fetch', 0, { page: 0 }],
  ]);
  it('allows fetches where the mapping does', () => {
    const executable = { ...advance, core: { ...advance.core, anon_inodes_noexec: false } };
    const steps = [OPEN, map(5), ['fetch', 0, { page: 1 }]] as const;
    expect(ask(entries_permit_no_more, executable, { steps }).broken).toBeUndefined();
  });
});
