import { advance } from '../../designs/advance.js';
import { map_range_with } from '../../designs/hooks/map-range.js';
import { zap_page_range } from '../../mm/pgtable.js';
import { mmap_with, undo_as_intended } from '../change.js';
import { mutant } from '../mutant.js';

export const zap_after_close = mutant(
  advance,
  {
    id: 'zap-after-close',
    family: 'rejected',
    needs: 'injection',
    source: 'discussion of the change',
    defect: 'The entries of a map_range that fails are zapped after the buffer is freed.',
    shows: 'for a moment another thread reaches freed frames',
  },
  {
    mmap: mmap_with(map_range_with({ give_up() {} }), (w, v) => {
      undo_as_intended(w, v);
      zap_page_range(w, v, w.vma.end[v]);
    }),
  },
);
