import { advance } from '../../designs/advance.js';
import { map_range } from '../../designs/hooks/map-range.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const mmap_prepare_alloc_leak = mutant(
  advance,
  {
    id: 'mmap-prepare-alloc-leak',
    family: 'rejected',
    needs: 'injection',
    source: 'discussion of the change',
    defect:
      'The buffer is allocated and charged in mmap_prepare; when the VMA cannot be allocated after that nobody is told.',
    shows: 'the buffer and its charge are leaked',
  },
  {
    mmap: mmap_with(() => 0),
    mmap_complete: (w, v) => map_range(w, v, w.event.rb[w.vma.file[v] - 1] - 1),
  },
);
