import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { contextOf } from '#properties/invariants/context';
import type { Invariant } from '#properties/invariants/invariant';
import { nothing_left } from '#properties/invariants/nothing-left';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, MAP_AUX, OPEN, OPEN_AUX } from '../../support/lives.js';
import { Session } from '../../support/script.js';

/** As the checker asks it: when no process lives. */
const at_the_end: Invariant = {
  ...nothing_left,
  check: (c) => c.w.task.alive.some((alive) => alive !== 0) || nothing_left.check(c),
};
const LIVED = [OPEN, MAP, ['exit', 0]] as const;

describe('nothing-left', () => {
  itHolds(at_the_end);

  itCatches(at_the_end, 'file-never-put', {
    steps: [OPEN, ['mmap', 0, { fd: 0, page: 0, npages: 4, prot: 1 }], ['exit', 0]],
    says: 'event 0 is left',
  });
  itCatches(at_the_end, 'close-leaks-rb', { steps: LIVED, says: 'buffer 0 is left' });
  itCatches(at_the_end, 'close-loses-a-page', { steps: LIVED, says: 'page 0 is left' });
  itCatches(at_the_end, 'page-freed-twice', {
    steps: LIVED,
    says: 'reference count of free page 0 is -1',
  });
  itCatches(at_the_end, 'close-forgets-refund', { steps: LIVED, says: 'perf_mlock of user 0 is 2' });

  itCatches(at_the_end, 'refund-to-the-dead', {
    env: { gift: 0 },
    steps: [
      OPEN,
      MAP,
      ['fork', 0, { child: 1 }],
      ['mmap', 1, { fd: 0, page: 0, npages: 2, prot: 1 }],
      ['exit', 0],
      ['exit', 1],
    ],
    says: 'pinned_vm of dead process 0 is -2',
  });

  itAllows(at_the_end, 'a death with everything mapped', [
    OPEN_AUX,
    MAP,
    ...MAP_AUX,
    ['fork', 0, { child: 1 }],
    ['mmap', 1, { fd: 0, page: 0, npages: 2, prot: 1 }],
    ['exit', 0],
    ['exit', 1],
  ]);

  it('tells of a page that is free and still counted as mapped', () => {
    const context = contextOf(new Session(advance).w);
    context.w.page.mapcount[3] = 1;
    expect(nothing_left.check(context)).toBe(false);
    expect(nothing_left.describe(context)).toBe('map count of free page 3 is 1');
  });
});
