import { advance, INTENDED_ATTACH } from '../../designs/advance.js';
import { to_whom_was_charged } from '../../designs/hooks/close.js';
import { map_range } from '../../designs/hooks/map-range.js';
import { perf_mmap_locked } from '../../designs/hooks/mmap-v6.18.js';
import { undo_further_mapping } from '../../designs/hooks/undo.js';
import { undo_as_intended } from '../change.js';
import { mutant } from '../mutant.js';

export const aux_half_built_map = mutant(
  advance,
  {
    id: 'aux-half-built-map',
    family: 'advance-mapping',
    needs: 'interleaving',
    source: '5948aaf64f81, CVE-2026-64300',
    defect: 'The pages are mapped without aux_mutex while another task fills the AUX area.',
    shows: 'page 0 of a data mapping is the first AUX page, which is freed under it',
  },
  {
    mmap: perf_mmap_locked(
      INTENDED_ATTACH,
      map_range,
      undo_as_intended,
      undo_further_mapping(to_whom_was_charged),
      (w, v, e, map) => map(w, v, w.event.rb[e] - 1),
    ),
  },
);
