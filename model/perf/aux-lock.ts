import { mutex_lock, mutex_unlock } from '../kernel/locks.js';
import type { World } from '../kernel/world.js';

/** Exclude others from the buffer's AUX area (aux_mutex, v6.11). A design that relies on the event's own mutex takes none. */
export function aux_lock(w: World, rb: number): void {
  if (w.design.aux_excludes === 'buffer') mutex_lock(w, w.rb.aux_mutex, rb);
}

export function aux_unlock(w: World, rb: number): void {
  if (w.design.aux_excludes === 'buffer') mutex_unlock(w, w.rb.aux_mutex, rb);
}
