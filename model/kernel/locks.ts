import { NEVER_RETURNS } from './stop.js';
import type { World } from './world.js';

/**
 * Take a mutex: a column that holds its owner (task + 1). Run sequentially nobody else can hold it, so to
 * find it held is to wait for oneself, for ever.
 */
export function mutex_lock(w: World, mutex: Int32Array, i: number): void {
  if (mutex[i] !== 0) throw NEVER_RETURNS;
  mutex[i] = w.sys.current[0];
}

export function mutex_unlock(mutex: Int32Array, i: number): void {
  mutex[i] = 0;
}
