import { expect, it } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import { advance } from '#model/designs/advance';
import type { World } from '#model/kernel/world';
import { PTE_ACCESS, PTE_SPECIAL, PTE_WRITE } from '#model/mm/flags';
import { contextOf } from '#properties/invariants/context';
import { control_page_only_writable } from '#properties/invariants/control-page-only-writable';
import { entries_map_their_page } from '#properties/invariants/entries-map-their-page';
import { entries_permit_no_more } from '#properties/invariants/entries-permit-no-more';
import { event_mapped_balanced } from '#properties/invariants/event-mapped-balanced';
import type { Invariant } from '#properties/invariants/invariant';
import { locks_released } from '#properties/invariants/locks-released';
import { mapped_in_advance } from '#properties/invariants/mapped-in-advance';
import { mappings_counted } from '#properties/invariants/mappings-counted';
import { page_fields_untouched } from '#properties/invariants/page-fields-untouched';
import { references_counted } from '#properties/invariants/references-counted';
import { Session } from '../../support/script.js';

/** What an invariant says of two events of which the first is mapped at pages 4 and 5, after this was done to the state. */
function said(invariant: Invariant, change: (w: World) => void): string {
  const { w } = new Session(advance).run('open fd=0\nopen fd=1\nmmap fd=0 page=4 npages=2 prot=read+write');
  const context = contextOf(w);
  context.obs = new Int32Array(OBS_WIDTH);
  change(w);
  context.census.take(w);
  return invariant.check(context) ? 'it holds' : invariant.describe(context);
}

const forget_event = (w: World): void => {
  w.event.used[0] = 0;
};
const forget_buffer = (w: World): void => {
  w.event.rb.fill(0);
  w.rb.used[0] = 0;
};

it('what the row of a freed event holds means nothing', () => {
  const of = (invariant: Invariant, column: 'mapped' | 'mmap_mutex' | 'mmap_count'): string =>
    said(invariant, (w) => {
      forget_event(w);
      w.event[column][0] = 7;
    });
  expect(of(event_mapped_balanced, 'mapped')).toBe('it holds');
  expect(of(locks_released, 'mmap_mutex')).toBe('it holds');
  expect(of(mappings_counted, 'mmap_count')).toBe('it holds');
  const without_buffer = (w: World): void => {
    forget_event(w);
    forget_buffer(w);
  };
  expect(said(references_counted, without_buffer)).toBe('it holds');
  expect(said(references_counted, forget_buffer)).toBe('event 0: is mapped 1 time(s) and has no buffer');
});

it('what the row of a freed buffer, or of a page of none, holds means nothing', () => {
  const aux_mutex = (w: World): void => {
    forget_buffer(w);
    w.rb.aux_mutex[0] = 1;
  };
  expect(said(locks_released, aux_mutex)).toBe('it holds');
  const page_lock = (w: World): void => {
    forget_buffer(w);
    w.page.locked[0] = 1;
  };
  expect(said(locks_released, page_lock)).toBe('it holds');
  const fields = (w: World): void => {
    forget_buffer(w);
    w.page.index[0] = 1;
  };
  expect(said(page_fields_untouched, fields)).toBe('it holds');
});

it('flags without an entry permit nothing', () => {
  const flags = (w: World): void => {
    w.pte.flags[0] |= PTE_WRITE | PTE_ACCESS;
  };
  expect(said(control_page_only_writable, flags)).toBe('it holds');
  expect(said(entries_permit_no_more, flags)).toBe('it holds');
});

it('flags without an entry map nothing in advance', () => {
  const no_page = (w: World): void => {
    w.pte.pfn[5] = 0;
  };
  expect(said(mapped_in_advance, no_page)).toBe('process 0, page 5: no page table entry');
});

it('an entry elsewhere does not stand for one that counts its page', () => {
  const elsewhere = (w: World): void => {
    w.pte.flags[5] &= ~PTE_SPECIAL;
    w.pte.pfn[20] = w.pte.pfn[5];
    w.pte.flags[20] = PTE_SPECIAL;
  };
  expect(said(mapped_in_advance, elsewhere)).toBe(
    'process 0, page 5: the entry maps a struct page, which counts it',
  );
});

it('no entry may lie in memory that is not of an event', () => {
  const other = (w: World): void => {
    w.vma.file[4] = 0;
  };
  expect(said(entries_map_their_page, other)).toBe('process 0, page 4: an entry, and no mapping covers it');
});
