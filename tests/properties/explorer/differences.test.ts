import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Bounds } from '#properties/explorer/bounds';
import { planted } from '../../support/planted-designs.js';
import { LONELY, search, TINY } from './tiny.js';

const GUP: Bounds = {
  ...TINY,
  operations: [
    ...TINY.operations,
    { op: 'madvise', with: { page: [0], npages: [2], advice: ['DONTNEED', 'COLD'] } },
    { op: 'vm_readv', with: { target: [0, 1], page: [0] } },
  ],
};

describe('explore, one design against another', () => {
  it('lists the differences, each explained by the variation points that it takes', async () => {
    const { closed, counterexample, differences } = await search(advance, GUP, { against: demand_fault });
    expect(closed).toBe(true);
    expect(counterexample).toBeUndefined();
    expect(differences.map(({ op, outcomes, what, points }) => [op, ...outcomes, what, points])).toEqual([
      ['madvise', 'EINVAL', 'ok', '', [['dontneed-refused']]],
      // VM_IO and VM_PFNMAP; and once the control page was stored to, its Rss.
      ['maps', 'ok', 'ok', 'view 110000000000', [['pfnmap-flags']]],
      ['maps', 'ok', 'ok', 'view 1000000000000110000000000', [['not-resident', 'pfnmap-flags']]],
      ['vm_readv', 'EFAULT', 'ok', '', [['gup-refused']]],
    ]);
  });

  it('tells a choice that the specification leaves from a variation point', async () => {
    const { differences } = await search(advance, LONELY, { against: demand_fault });
    expect(differences).toMatchObject([{ op: 'mmap', outcomes: ['ENOMEM', 'ok'], either: true, points: [] }]);
  });

  it('finds none between a design and itself', async () => {
    const { closed, differences, states } = await search(advance, GUP, {
      against: { ...advance, id: 'twin' },
    });
    expect(closed).toBe(true);
    expect(differences).toEqual([]);
    expect(states).toBe((await search(advance, GUP)).states);
  });

  it('finds what is wrong in the second design', async () => {
    const { counterexample } = await search(advance, TINY, { against: planted('mkwrite-page-1') });
    expect(counterexample?.system).toBe('mkwrite-page-1');
  });
});
