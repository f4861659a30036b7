import { advance } from '../../designs/advance.js';
import { ring_buffer_get } from '../../perf/ring-buffer.js';
import { after_mmap } from '../change.js';
import { mutant } from '../mutant.js';

export const double_mmap_rb_ref = mutant(
  advance,
  {
    id: 'double-mmap-rb-ref',
    family: 'accounting',
    needs: 'sequence',
    source: '26cb63ad11e0, v3.10',
    defect: 'A second mmap of a buffer takes a reference that nobody drops.',
    shows: 'the buffer is leaked',
  },
  {
    mmap: after_mmap(advance.mmap, (w, _v, e, ret) => {
      if (ret === 0 && w.event.mmap_count[e] > 1) ring_buffer_get(w, e);
    }),
  },
);
