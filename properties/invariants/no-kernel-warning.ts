import { WARNINGS } from '../../model/kernel/warn.js';
import { type Invariant, violated } from './invariant.js';

export const no_kernel_warning: Invariant = {
  id: 'no-kernel-warning',
  text: 'The kernel never warns: no count from zero or below, no page freed in use, no buffer freed twice.',
  check(c) {
    c.looked++;
    const warned = c.w.sys.warned[0];
    return warned === 0 || violated(c, 0, warned, 0);
  },
  describe: (c) => WARNINGS[c.found],
};
