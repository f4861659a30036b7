import { rcu_readers, rcu_section_ends } from '../kernel/rcu.js';
import type { World } from '../kernel/world.js';
import { rb_free } from './rb-free.js';

/** Free the buffer when everybody who is in a read section now has left it (call_rcu with rb_free_rcu). */
export function call_rcu_rb_free(w: World, rb: number): void {
  const readers = rcu_readers(w);
  if (readers === 0) {
    rb_free(w, rb);
    return;
  }
  w.rb.rcu_readers[rb] = readers;
  w.rcu.waiting[0]++;
}

/** Free the event when everybody who is in a read section now has left it (call_rcu with free_event_rcu). */
export function call_rcu_free_event(w: World, e: number): void {
  const readers = rcu_readers(w);
  if (readers === 0) {
    w.event.used[e] = 0;
    return;
  }
  w.event.rcu_readers[e] = readers;
  w.rcu.waiting[0]++;
}

/** The end of a read section; what has waited for it alone is freed. */
export function rcu_read_unlock(w: World): void {
  if (rcu_section_ends(w)) end_grace_periods(w, 1 << w.cpu);
}

function end_grace_periods(w: World, bit: number): void {
  const buffers = w.rb.rcu_readers;
  for (let rb = 0; rb < buffers.length; rb++) {
    if (!leaves(w, buffers, rb, bit)) continue;
    rb_free(w, rb);
  }
  const events = w.event.rcu_readers;
  for (let e = 0; e < events.length; e++) if (leaves(w, events, e, bit)) w.event.used[e] = 0;
}

/** @returns whether this was the last reader that the row has waited for */
function leaves(w: World, readers: Int32Array, i: number, bit: number): boolean {
  if ((readers[i] & bit) === 0) return false;
  readers[i] &= ~bit;
  if (readers[i] !== 0) return false;
  w.rcu.waiting[0]--;
  return true;
}
