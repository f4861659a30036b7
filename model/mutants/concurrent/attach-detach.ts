import { advance } from '../../designs/advance.js';
import { close_under_mutex, to_whom_was_charged } from '../../designs/hooks/close.js';
import { ring_buffer_attach } from '../../perf/ring-buffer.js';
import { mutant } from '../mutant.js';

export const attach_detach = mutant(
  advance,
  {
    id: 'attach-detach',
    family: 'attachment',
    needs: 'interleaving',
    source: 'b69cf53640da',
    defect: 'Attaching and detaching change the list of events of a buffer without its lock.',
    shows: 'an event is on no list, or on two',
  },
  {
    vm_ops: {
      ...advance.vm_ops,
      close: close_under_mutex(to_whom_was_charged, {
        detach(w, e, rb) {
          const attached = w.event.rb[e] === rb + 1;
          if (attached) ring_buffer_attach(w, e, -1);
          return attached;
        },
      }),
    },
  },
);
