import { advance } from '../../designs/advance.js';
import { mutant } from '../mutant.js';

export const set_output_vs_close = mutant(
  advance,
  {
    id: 'set-output-vs-close',
    family: 'attachment',
    needs: 'interleaving',
    source: '68e3c69803da, CVE-2022-49607',
    defect: 'SET_OUTPUT takes the mutex of one of the two events only.',
    shows: 'an event is attached to a buffer whose last mapping is going, and its next mmap loops for ever',
  },
  { output_mutexes: 'own' },
);
