import { advance } from '../../designs/advance.js';

import { mutant } from '../mutant.js';

export const late_failure_no_close = mutant(
  advance,
  {
    id: 'late-failure-no-close',
    family: 'core-mm',
    needs: 'injection',
    source: 'deb0f6562884',
    defect: 'mmap fails after the file has mapped, and close is not called.',
    shows: 'as mapfail-no-undo',
  },
  { core: { ...advance.core, fails_after_mmap: true } },
);
