import { NEVER_RETURNS } from './stop.js';
import { WARN_UNLOCK_NOT_HELD, warn } from './warn.js';
import type { World } from './world.js';

/**
 * Take a mutex: a column that holds its owner (task + 1). Run sequentially nobody else can hold it, so to
 * find it held is to wait for oneself, for ever.
 */
export function mutex_lock(w: World, mutex: Int32Array, i: number): void {
  if (mutex[i] !== 0) throw NEVER_RETURNS;
  mutex[i] = w.sys.current[0];
}

/** Give a mutex back; one that is not held is a warning of lock debugging. */
export function mutex_unlock(w: World, mutex: Int32Array, i: number): void {
  if (mutex[i] === 0) warn(w, WARN_UNLOCK_NOT_HELD);
  mutex[i] = 0;
}
