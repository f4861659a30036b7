import { HANG } from '../../model/alphabet/observations.js';
import { type Invariant, violated } from './invariant.js';

export const operations_return: Invariant = {
  id: 'operations-return',
  text: 'Every operation ends: no fault is retried for ever, no lock is taken twice.',
  ofObservation: true,
  check(c) {
    c.looked++;
    return c.obs[0] !== HANG || violated(c, 0, HANG, 0);
  },
  describe: () => 'the operation never returns',
};
