import { advance } from '../../designs/advance.js';
import { mutant } from '../mutant.js';

export const rdpmc_mm = mutant(
  advance,
  {
    id: 'rdpmc-mm',
    family: 'attachment',
    needs: 'sequence',
    source: 'v4.13',
    defect: 'event_mapped and event_unmapped count for the current memory rather than for that of the VMA.',
    shows: 'the memory that exec leaves is unmapped on the account of the new one',
  },
  { event_mm: 'current' },
);
