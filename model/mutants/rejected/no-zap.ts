import { advance } from '../../designs/advance.js';
import { map_range_with } from '../../designs/hooks/map-range.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

export const no_zap = mutant(
  advance,
  {
    id: 'no-zap',
    family: 'rejected',
    needs: 'injection',
    source: 'discussion of the change',
    defect: 'A map_range that fails leaves its entries to whoever comes after it.',
    shows: 'another thread reaches frames that are already freed',
  },
  { mmap: mmap_with(map_range_with({ give_up() {} })) },
);
