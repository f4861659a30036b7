import { atomic_dec } from '../../kernel/atomic.js';
import type { World } from '../../kernel/world.js';
import { mmOf } from '../../kernel/world.js';
import { event_unmapped } from '../../perf/rdpmc.js';
import { ring_buffer_attach } from '../../perf/ring-buffer.js';
import { close_aux_under_mutex, type Refund } from './close.js';

/**
 * Take back the first mapping of a new buffer, with `mmap_mutex` held: nobody else has seen the buffer, so the
 * event leaves it and all is refunded (v7.3, c69df06e4e26).
 */
export function undo_new_buffer(refund: Refund): (w: World, v: number) => void {
  return (w, v) => {
    const e = w.vma.file[v] - 1;
    const rb = w.event.rb[e] - 1;
    event_unmapped(w, v);
    refund.data(w, rb, mmOf(v));
    ring_buffer_attach(w, e, -1);
    w.event.mmap_count[e] = 0;
  };
}

/**
 * Take back a further mapping of a buffer, with `mmap_mutex` held: exactly what it counted. The buffer lives on, and the event
 * stays on it, though it may have been redirected there and have no other mapping.
 */
export function undo_further_mapping(refund: Refund): (w: World, v: number) => void {
  return (w, v) => {
    const e = w.vma.file[v] - 1;
    const rb = w.event.rb[e] - 1;
    event_unmapped(w, v);
    close_aux_under_mutex(w, v, rb, refund);
    atomic_dec(w, w.rb.mmap_count, rb);
    atomic_dec(w, w.event.mmap_count, e);
  };
}
