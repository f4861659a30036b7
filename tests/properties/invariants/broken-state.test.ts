import { expect, it } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import { HANG, OK } from '#model/alphabet/observations';
import { advance } from '#model/designs/advance';
import type { World } from '#model/kernel/world';
import { PTE_WRITE } from '#model/mm/flags';
import { contextOf } from '#properties/invariants/context';
import { control_page_only_writable } from '#properties/invariants/control-page-only-writable';
import { event_mapped_balanced } from '#properties/invariants/event-mapped-balanced';
import type { Invariant } from '#properties/invariants/invariant';
import { locks_released } from '#properties/invariants/locks-released';
import { Session } from '../../support/script.js';

/** What an invariant says of a state that no design gets into, but that a new one could. */
function said(invariant: Invariant, change: (w: World) => void, status = OK): string {
  const { w } = new Session(advance).run(
    'open fd=0\nmmap fd=0 page=4 npages=2 prot=read+write\nfork child=1',
  );
  const context = contextOf(w);
  context.obs = new Int32Array(OBS_WIDTH);
  context.obs[0] = status;
  change(w);
  context.census.take(w);
  return invariant.check(context) ? 'it holds' : invariant.describe(context);
}

it('a writable entry that no mapping holds has no page of a buffer', () => {
  const unmapped = (w: World): void => {
    w.tree.vma.fill(0);
    w.vma.used.fill(0);
    w.pte.flags[5] |= PTE_WRITE;
  };
  expect(said(control_page_only_writable, unmapped)).toBe(
    'process 0, page 5: the page table entry is writable, for pgoff -1',
  );
});

it('counts of a memory that was left are to come to nothing', () => {
  const left = (w: World): void => {
    w.task.rdpmc_left[1] = 2;
  };
  expect(said(event_mapped_balanced, left)).toBe('process 1: event_mapped balance is 2, VMAs: 0');
  const dead = (w: World): void => {
    left(w);
    w.task.alive[1] = 0;
  };
  expect(said(event_mapped_balanced, dead)).toBe('it holds');
});

it('the mmap_lock is given back, unless the operation never returns', () => {
  const held = (w: World): void => {
    w.task.mmap_lock[1] = 1;
  };
  expect(said(locks_released, held)).toBe('mmap_lock of process 1 is held');
  expect(said(locks_released, held, HANG)).toBe('it holds');
});
