import { advance, INTENDED_ATTACH } from '../../designs/advance.js';
import { become_perf_mapping } from '../../designs/hooks/attach-v6.12.js';
import { to_whom_was_charged } from '../../designs/hooks/close.js';
import { map_range } from '../../designs/hooks/map-range.js';
import { attach_with, is_first, map_under_aux_mutex } from '../../designs/hooks/mmap-v6.18.js';
import { undo_further_mapping } from '../../designs/hooks/undo.js';
import { mutex_lock, mutex_unlock } from '../../kernel/locks.js';
import type { World } from '../../kernel/world.js';
import { event_mapped } from '../../perf/rdpmc.js';
import { undo_as_intended } from '../change.js';
import { mutant } from '../mutant.js';

const attach = attach_with(INTENDED_ATTACH);
const undo_other = undo_further_mapping(to_whom_was_charged);

/** Whether the buffer is new is known before the mutex is dropped, and believed after. */
function mmap_in_two_parts(w: World, v: number): number {
  const e = w.vma.file[v] - 1;
  const refused = attach(w, v, e);
  if (refused !== 0) return refused;
  become_perf_mapping(w, v);
  event_mapped(w, v);
  const first = is_first(w, v, e);
  mutex_unlock(w, w.event.mmap_mutex, e);
  const ret = map_under_aux_mutex(w, v, e, map_range);
  if (ret === 0) return 0;
  mutex_lock(w, w.event.mmap_mutex, e);
  if (first) undo_as_intended(w, v);
  else undo_other(w, v);
  mutex_unlock(w, w.event.mmap_mutex, e);
  return ret;
}

export const mapfail_race = mutant(
  advance,
  {
    id: 'mapfail-race',
    family: 'advance-mapping',
    needs: 'interleaving',
    source: '77de62ad3de3, CVE-2026-23248',
    defect: 'mmap_mutex is dropped between publishing a new buffer and mapping its pages.',
    shows: 'a failure to map takes down a buffer that another task has taken by then',
  },
  { mmap: mmap_in_two_parts },
);
