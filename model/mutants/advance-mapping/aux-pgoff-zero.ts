import { advance } from '../../designs/advance.js';
import { map_range_with } from '../../designs/hooks/map-range.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const aux_pgoff_zero = mutant(
  advance,
  {
    id: 'aux-pgoff-zero',
    family: 'advance-mapping',
    needs: 'sequence',
    source: 'review of the change, v1 to v3',
    defect: 'map_range counts pages from 0 rather than from vm_pgoff.',
    shows: 'an AUX mapping shows the control page and data pages',
  },
  { mmap: mmap_with(map_range_with({ pgoff: (_w, v, address) => address - v })) },
);
