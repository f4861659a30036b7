import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { mapped_in_advance } from '#properties/invariants/mapped-in-advance';
import { ask } from '../../support/ask.js';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { LIFE, MAP, MAP_AGAIN, OPEN } from '../../support/lives.js';
import { planted } from '../../support/planted-designs.js';

const counted = 'the entry maps a struct page, which counts it';

describe('mapped-in-advance', () => {
  itHolds(mapped_in_advance, [advance]);

  it('is not asked of a design that faults pages in', () => {
    expect(ask(mapped_in_advance, demand_fault, { steps: LIFE })).toEqual({ looked: 0 });
  });

  itCatches(mapped_in_advance, 'last-page-forgotten', {
    steps: [OPEN, MAP],
    says: 'process 0, page 1: no page table entry',
  });
  itCatches(mapped_in_advance, 'second-mmap-maps-nothing', {
    steps: [OPEN, MAP, MAP_AGAIN],
    says: 'process 0, page 4: no page table entry',
  });
  itCatches(mapped_in_advance, 'no-pfnmap-flags', {
    steps: [OPEN, MAP, ['madvise', 0, { page: 1, npages: 1, advice: 'DONTNEED' }]],
    says: 'process 0, page 1: no page table entry',
  });
  itCatches(mapped_in_advance, 'insert-pages-in-mmap', {
    steps: [OPEN, MAP],
    says: `process 0, page 0: ${counted}`,
  });

  it('leaves an entry too many to entries-map-their-page', () => {
    const broken = (flags: number | string) => {
      const beside = ['mmap', 0, { fd: -1, page: 20, npages: 2, prot: 3, flags }] as const;
      return ask(mapped_in_advance, planted('one-page-too-many'), { steps: [OPEN, beside, MAP] }).broken;
    };
    expect([0, 'private'].map(broken)).toEqual([undefined, undefined]);
  });

  itAllows(mapped_in_advance, 'memory beside it that is not mapped yet', [
    OPEN,
    ['mmap', 0, { fd: -1, page: 2, npages: 4, prot: 3 }],
    MAP,
    ['madvise', 0, { page: 0, npages: 6, advice: 'DONTNEED' }],
  ]);
});
