import { WORDS } from '../alphabet/operands.js';
import { SLOTS } from '../mm/tables.js';
import { shape } from './columns.js';

/** Contents: `WORDS` words for each slot. */
export const CONTENT = shape(SLOTS * WORDS, ['word']);

/** Tasks that can run beside each other: each on a processor of its own. */
export const CPUS = 4;

/** By processor. `nesting`: read sections that the task there is in. `waiting`, in the first row: objects that wait for a grace period. */
export const RCU = shape(CPUS, ['nesting', 'waiting']);

/** One row: the system as a whole. */
export const SYSTEM = shape(1, [
  'gift',
  'paranoid',
  'pku',
  'thp',
  'ksm',
  'aux',
  'free_page',
  /** Failure injection: site + 1 (0: not armed) and how many occurrences to let pass. */
  'inject_site',
  'inject_left',
  /** Set when a WARN of the kernel's would have fired: its code. */
  'warned',
  /** The task (+ 1) on whose behalf the kernel runs: `current`. */
  'current',
  /** Writes to page.index and page.mapping so far. */
  'page_field_writes',
]);
