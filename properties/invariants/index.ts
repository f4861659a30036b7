import { MOMENT_INVARIANTS } from './at-every-moment.js';
import { charges_match } from './charges-match.js';
import { control_page_only_writable } from './control-page-only-writable.js';
import { control_store_succeeds } from './control-store-succeeds.js';
import { entries_map_their_page } from './entries-map-their-page.js';
import { entries_permit_no_more } from './entries-permit-no-more.js';
import { event_mapped_balanced } from './event-mapped-balanced.js';
import { failed_mmap_changes_nothing } from './failed-mmap-changes-nothing.js';
import { files_counted } from './files-counted.js';
import type { Invariant } from './invariant.js';
import { locks_released } from './locks-released.js';
import { mapped_in_advance } from './mapped-in-advance.js';
import { mappings_counted } from './mappings-counted.js';
import { new_pages_charged } from './new-pages-charged.js';
import { no_kernel_warning } from './no-kernel-warning.js';
import { nothing_left } from './nothing-left.js';
import { operations_return } from './operations-return.js';
import { page_fields_untouched } from './page-fields-untouched.js';
import { pages_owned } from './pages-owned.js';
import { references_counted } from './references-counted.js';
import { struct_page_counts } from './struct-page-counts.js';

/** Asked after every operation, in this order: the first that does not hold is the one that is reported. */
export const STEP_INVARIANTS: readonly Invariant[] = [
  operations_return,
  control_page_only_writable,
  entries_map_their_page,
  entries_permit_no_more,
  mapped_in_advance,
  control_store_succeeds,
  page_fields_untouched,
  no_kernel_warning,
  locks_released,
  failed_mmap_changes_nothing,
  struct_page_counts,
  mappings_counted,
  references_counted,
  files_counted,
  event_mapped_balanced,
  pages_owned,
  new_pages_charged,
  charges_match,
];

export const END_INVARIANT: Invariant = nothing_left;

/** Everything that must hold, by number. */
export const INVARIANTS: readonly Omit<Invariant, 'check'>[] = [
  ...MOMENT_INVARIANTS,
  ...STEP_INVARIANTS,
  END_INVARIANT,
];
