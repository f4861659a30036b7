import { expect, it } from 'vitest';
import { ARENA_PAGES, OBS_WIDTH } from '#model/alphabet/bounds';
import { HANG, OK } from '#model/alphabet/observations';
import { advance } from '#model/designs/advance';
import type { World } from '#model/kernel/world';
import { PTE_WRITE } from '#model/mm/flags';
import { charges_match } from '#properties/invariants/charges-match';
import { contextOf } from '#properties/invariants/context';
import {
  control_page_only_writable,
  may_be_writable,
  unlinked_vma,
} from '#properties/invariants/control-page-only-writable';
import { event_mapped_balanced } from '#properties/invariants/event-mapped-balanced';
import { files_counted } from '#properties/invariants/files-counted';
import type { Invariant } from '#properties/invariants/invariant';
import { locks_released } from '#properties/invariants/locks-released';
import { references_counted } from '#properties/invariants/references-counted';
import { Session } from '../../support/script.js';

/** What an invariant says of a state that no design gets into, but that a new one could. */
function said(invariant: Invariant, change: (w: World) => void, status = OK): string {
  const { w } = new Session(advance, { gift: 2 }).run(`
    open fd=0 flags=aux
    open fd=1
    mmap fd=0 page=4 npages=2 prot=read+write
    store page=4 word=aux_offset value=2
    store page=4 word=aux_size value=2
    mmap fd=0 page=8 npages=2 prot=read pgoff=2
    fork child=1`);
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
    w.pte.flags[4] |= PTE_WRITE;
  };
  expect(said(control_page_only_writable, unmapped)).toBe(
    'process 0, page 4: the page table entry is writable, for pgoff -1',
  );
});

it('a writable entry of a mapping that may only be read is told with its page', () => {
  const readOnly = (w: World): void => {
    w.pte.flags[8] |= PTE_WRITE;
  };
  expect(said(control_page_only_writable, readOnly)).toBe(
    'process 0, page 8: the page table entry is writable, for pgoff 2',
  );
  const session = new Session(advance).run('open fd=0\nmmap fd=0 page=4 npages=2 prot=read+write');
  expect([3, 4, 5].map((address) => may_be_writable(session.w, address))).toEqual([false, true, false]);
  session.run('mprotect page=4 npages=2 prot=read');
  expect(may_be_writable(session.w, 4)).toBe(false);
});

it('a mapping that is being made is known before it is in the tree', () => {
  const { w } = new Session(advance).run('open fd=0\nmmap fd=0 page=4 npages=2 prot=read+write');
  expect([4, 5].map((address) => unlinked_vma(w, address))).toEqual([-1, -1]);
  w.tree.vma.fill(0);
  expect([3, 4, 5, 6].map((address) => unlinked_vma(w, address))).toEqual([-1, 4, 4, -1]);
  expect([4, 5].map((address) => may_be_writable(w, address))).toEqual([true, false]);
  // Rows of another arena are not asked, whatever they hold.
  w.vma.end[4] = 2 * ARENA_PAGES;
  expect(unlinked_vma(w, ARENA_PAGES + 1)).toBe(-1);
  w.vma.used[4] = 0;
  expect(unlinked_vma(w, 4)).toBe(-1);
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

it('what is pinned of a buffer is a part of its pages', () => {
  const pinned = 'buffer 0: what is pinned of it is not a part of its pages';
  const of = (column: 'mmap_locked' | 'aux_mmap_locked', pages: number): string =>
    said(charges_match, (w) => {
      w.rb[column][0] = pages;
    });
  expect([of('mmap_locked', -1), of('mmap_locked', 3)]).toEqual([pinned, pinned]);
  expect([of('aux_mmap_locked', -1), of('aux_mmap_locked', 3)]).toEqual([pinned, pinned]);
  expect(of('mmap_locked', 0)).toBe('it holds');
  expect(of('aux_mmap_locked', 2)).toBe('it holds');
  expect(of('aux_mmap_locked', 1)).toBe('perf_mlock of user 0 is 2 pages, made and still there: 3');
});

it('a buffer that is freed is charged to nobody', () => {
  const freed = (w: World): void => {
    w.rb.used[0] = 0;
    w.rb.mmap_locked[0] = 1;
  };
  expect(said(charges_match, freed)).toBe('perf_mlock of user 0 is 2 pages, made and still there: 0');
});

it('memory that has gone took its charge with it', () => {
  const dead = (w: World): void => {
    w.task.pinned_vm[1] = 5;
    w.task.alive[1] = 0;
  };
  expect(said(charges_match, dead)).toBe('it holds');
  const left = (w: World): void => {
    w.task.gen[0]++;
    w.task.pinned_vm[0] = 0;
  };
  expect(said(charges_match, left)).toBe('it holds');
});

it('a buffer lives as long as events are attached to it', () => {
  const freed = (w: World): void => {
    w.rb.used[0] = 0;
  };
  expect(said(references_counted, freed)).toBe('buffer 0: refcount is 0, attached events: 1');
  const alone = (w: World): void => {
    w.event.rb.fill(0);
    w.rb.refcount[0] = 0;
  };
  expect(said(references_counted, alone)).toBe('buffer 0: refcount is 0, attached events: 0');
});

it('memory is allowed to read counters for each mapping in it', () => {
  const allowed = (w: World): void => {
    w.task.rdpmc_allowed[1] = 3;
  };
  expect(said(event_mapped_balanced, allowed)).toBe('process 1: event_mapped balance is 3, VMAs: 0');
});

it('an event that is gone is used by nothing', () => {
  const gone = (w: World): void => {
    w.event.used[0] = 0;
  };
  expect(said(files_counted, gone)).toBe('4 descriptor(s) or mapping(s) use an event that is gone');
});

it('an event that nothing uses is gone', () => {
  const unused = (w: World): void => {
    w.files.event.fill(0);
    w.tree.vma.fill(0);
    w.event.f_count[0] = 0;
  };
  expect(said(files_counted, unused)).toBe('event 0: file count is 0, descriptors and mappings: 0');
});
