import { advance } from '../../designs/advance.js';
import { close_under_mutex, to_whom_was_charged } from '../../designs/hooks/close.js';
import { atomic_dec, atomic_read } from '../../kernel/atomic.js';
import { mutant } from '../mutant.js';

export const close_twice = mutant(
  advance,
  {
    id: 'close-twice',
    family: 'accounting',
    needs: 'interleaving',
    source: 'f91072ed1b72, CVE-2020-14351',
    defect: 'close decrements mmap_count and reads it again to see whether it was the last.',
    shows: 'two tasks are both the last, and the buffer is refunded twice',
  },
  {
    vm_ops: {
      ...advance.vm_ops,
      close: close_under_mutex(to_whom_was_charged, {
        was_last(w, count, rb) {
          atomic_dec(w, count, rb);
          return atomic_read(w, count, rb) === 0;
        },
      }),
    },
  },
);
