import { WORDS } from '../alphabet/operands.js';
import { MAX_PAGES, ADDRESSES } from '../mm/tables.js';
import { shape } from './columns.js';

/** Contents: `WORDS` words for each kernel page, then for each anonymous frame. */
export const CONTENT_WORDS = (MAX_PAGES + ADDRESSES) * WORDS;
export const CONTENT = shape(CONTENT_WORDS, ['word']);
/** Anonymous frames. `refs` counts the addresses that use it (several for memory shared over fork). */
export const FRAME = shape(ADDRESSES, ['refs', 'next']);

/** One row: the system as a whole. */
export const SYSTEM = shape(1, [
  'gift', 'paranoid', 'pku', 'thp', 'ksm', 'aux',
  'free_page', 'free_frame', 'free_rb', 'free_event',
  /** Failure injection: site + 1 (0: not armed) and how many occurrences to let pass. */
  'inject_site', 'inject_left',
  /** Set when a WARN of the kernel's would have fired: its code. */
  'warned',
  /** The task (+ 1) on whose behalf the kernel runs: `current`. */
  'current',
  /** Writes to page.index and page.mapping so far. */
  'page_field_writes',
]);
