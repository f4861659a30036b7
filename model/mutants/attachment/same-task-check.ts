import { advance } from '../../designs/advance.js';

import { mutant } from '../mutant.js';

export const same_task_check = mutant(
  advance,
  {
    id: 'same-task-check',
    family: 'attachment',
    needs: 'sequence',
    source: '24d3ae2f37d8',
    defect: 'SET_OUTPUT does not ask whether the events are of one task or CPU.',
    shows: 'an event writes into the buffer of another task',
  },
  { may_share: (w, e, output) => e !== output && w.event.backward[e] === w.event.backward[output] },
);
