import { advance } from '../../designs/advance.js';
import { map_range } from '../../designs/hooks/map-range.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const remap_null_rb = mutant(
  advance,
  {
    id: 'remap-null-rb',
    family: 'advance-mapping',
    needs: 'sequence',
    source: 'v1 and v2 of the change, linux-next',
    defect:
      'The path that finds the buffer there leaves the local variable that the pages are mapped from NULL.',
    shows: 'the second mmap of a descriptor is an Oops',
  },
  {
    mmap: mmap_with((w, v, rb) => {
      const found = w.vma.vm_pgoff[v] === 0 && w.rb.mmap_count[rb] > 1;
      return map_range(w, v, found ? -1 : rb);
    }),
  },
);
