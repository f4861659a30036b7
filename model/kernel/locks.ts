import { NEVER_RETURNS } from './stop.js';
import { WARN_UNLOCK_NOT_HELD, warn } from './warn.js';
import type { World } from './world.js';

/**
 * Take a mutex: a column that holds its owner (task + 1). Run sequentially nobody else can hold it, so to
 * find it held is to wait for oneself, for ever.
 * @suspends lock
 */
export function mutex_lock(w: World, mutex: Int32Array, i: number): void {
  if (mutex[i] !== 0) throw NEVER_RETURNS;
  mutex[i] = w.sys.current[0];
}

/**
 * Give a mutex back; one that is not held is a warning of lock debugging.
 * @suspends after
 */
export function mutex_unlock(w: World, mutex: Int32Array, i: number): void {
  if (mutex[i] === 0) warn(w, WARN_UNLOCK_NOT_HELD);
  mutex[i] = 0;
}

/**
 * Take a rw_semaphore for writing: a column that holds its writer (task + 1), or below 0 how many read.
 * @suspends lock
 */
export function down_write(w: World, sem: Int32Array, i: number): void {
  if (sem[i] !== 0) throw NEVER_RETURNS;
  sem[i] = w.sys.current[0];
}

/** @suspends after */
export function up_write(_w: World, sem: Int32Array, i: number): void {
  sem[i] = 0;
}

/** @suspends lock-shared */
export function down_read(_w: World, sem: Int32Array, i: number): void {
  if (sem[i] > 0) throw NEVER_RETURNS;
  sem[i]--;
}

/** No point at which to suspend: a processor's access is tried again with its fault, so that both end as one. */
export function up_read(_w: World, sem: Int32Array, i: number): void {
  sem[i]++;
}
