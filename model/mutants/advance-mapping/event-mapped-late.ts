import { advance } from '../../designs/advance.js';
import { map_range } from '../../designs/hooks/map-range.js';
import { event_mapped, event_unmapped } from '../../perf/rdpmc.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const event_mapped_late = mutant(
  advance,
  {
    id: 'event-mapped-late',
    family: 'advance-mapping',
    needs: 'injection',
    source: 'before f74b9f4ba63f',
    defect:
      'event_mapped is called only after the pages are mapped, but what takes a failure back calls event_unmapped.',
    shows: 'event_unmapped without event_mapped',
  },
  {
    mmap: mmap_with((w, v, rb) => {
      event_unmapped(w, v);
      const ret = map_range(w, v, rb);
      if (ret === 0) event_mapped(w, v);
      return ret;
    }),
  },
);
