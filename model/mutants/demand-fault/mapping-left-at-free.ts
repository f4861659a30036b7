import { demand_fault } from '../../designs/demand-fault.js';
import { leave_page } from '../../designs/hooks/map-range.js';
import { mutant } from '../mutant.js';

export const mapping_left_at_free = mutant(
  demand_fault,
  {
    id: 'mapping-left-at-free',
    family: 'demand-fault',
    needs: 'sequence',
    source: 'before v6.14',
    defect: 'page->mapping is still set when the page is freed.',
    shows: 'a bad page',
  },
  { before_free: leave_page },
);
