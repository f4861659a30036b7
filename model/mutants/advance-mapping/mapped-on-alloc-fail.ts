import { advance } from '../../designs/advance.js';
import { become_perf_mapping } from '../../designs/hooks/attach-v6.12.js';
import { event_mapped } from '../../perf/rdpmc.js';
import { mmap_attaching } from '../change.js';
import { mutant } from '../mutant.js';

export const mapped_on_alloc_fail = mutant(
  advance,
  {
    id: 'mapped-on-alloc-fail',
    family: 'advance-mapping',
    needs: 'sequence',
    source: '07091aade394, CVE-2025-38565',
    defect: 'After a limit or an allocation has refused the buffer the rest of mmap runs all the same.',
    shows: 'event_mapped is called for a mapping that is not there',
  },
  {
    mmap: mmap_attaching({
      after_refusal(w, v) {
        become_perf_mapping(w, v);
        event_mapped(w, v);
      },
    }),
  },
);
