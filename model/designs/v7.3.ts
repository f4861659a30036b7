import { CORE_7_3 } from './core-kernels.js';
import type { Design } from './design.js';
import { to_the_last_mm } from './hooks/close.js';
import { map_range } from './hooks/map-range.js';
import { perf_mmap_locked } from './hooks/mmap-v6.18.js';
import { undo_new_buffer } from './hooks/undo.js';
import { ATTACH_6_18, v6_18 } from './v6.18.js';

/** As v6.18, with the pages mapped under `mmap_mutex` and `aux_mutex` and a failed first mapping undone in place. */
export const v7_3: Design = {
  ...v6_18,
  id: 'v7.3',
  title: 'maps all pages in advance under both mutexes, as Linux v7.3',
  core: CORE_7_3,
  mmap: perf_mmap_locked(ATTACH_6_18, map_range, undo_new_buffer(to_the_last_mm)),
};
