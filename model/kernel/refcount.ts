import { mutex_lock, mutex_unlock } from './locks.js';
import {
  WARN_REFCOUNT_FROM_ZERO,
  WARN_REFCOUNT_LEAKED,
  WARN_REFCOUNT_SATURATED,
  WARN_REFCOUNT_UNDERFLOW,
  warn,
} from './warn.js';
import type { World } from './world.js';

/** What a refcount_t holds once it was misused: no later operation brings it to 0 (REFCOUNT_SATURATED, include/linux/refcount.h). */
export const REFCOUNT_SATURATED = -(1 << 30);

/**
 * refcount_inc: from 0, where the object may be gone already, it warns and saturates.
 * @suspends
 */
export function refcount_inc(w: World, count: Int32Array, i: number): void {
  if (count[i] > 0) {
    count[i]++;
    return;
  }
  warn(w, count[i] === 0 ? WARN_REFCOUNT_FROM_ZERO : WARN_REFCOUNT_SATURATED);
  count[i] = REFCOUNT_SATURATED;
}

/**
 * refcount_inc_not_zero.
 * @returns whether there was a reference to add to
 * @suspends
 */
export function refcount_inc_not_zero(w: World, count: Int32Array, i: number): boolean {
  if (count[i] === 0) return false;
  refcount_inc(w, count, i);
  return true;
}

/**
 * refcount_read.
 * @suspends
 */
export function refcount_read(_w: World, count: Int32Array, i: number): number {
  return count[i];
}

/**
 * refcount_dec: for who knows that it is not the last reference; if it is, nobody frees the object: it warns and saturates.
 * @suspends
 */
export function refcount_dec(w: World, count: Int32Array, i: number): void {
  if (count[i] > 1) {
    count[i]--;
    return;
  }
  warn(w, WARN_REFCOUNT_LEAKED);
  count[i] = REFCOUNT_SATURATED;
}

/**
 * refcount_dec_and_test: from 0 or below it warns and saturates.
 * @returns whether the count has come to 0
 * @suspends
 */
export function refcount_dec_and_test(w: World, count: Int32Array, i: number): boolean {
  if (count[i] > 0) return --count[i] === 0;
  warn(w, WARN_REFCOUNT_UNDERFLOW);
  count[i] = REFCOUNT_SATURATED;
  return false;
}

/**
 * refcount_dec_not_one: drop a reference unless it is the last. From 0 it warns and drops nothing; a saturated count stays so,
 * silently (lib/refcount.c, v6.12).
 * @returns whether it was dropped, or could not be
 * @suspends
 */
function refcount_dec_not_one(w: World, count: Int32Array, i: number): boolean {
  if (count[i] === REFCOUNT_SATURATED) return true;
  if (count[i] === 1) return false;
  if (count[i] === 0) warn(w, WARN_REFCOUNT_UNDERFLOW);
  else count[i]--;
  return true;
}

/**
 * refcount_dec_and_mutex_lock (atomic_dec_and_mutex_lock): the last reference is dropped only with the mutex held.
 * @returns whether the count has come to 0; then the mutex is held
 */
export function refcount_dec_and_mutex_lock(
  w: World,
  count: Int32Array,
  i: number,
  mutex: Int32Array,
  j: number,
): boolean {
  if (refcount_dec_not_one(w, count, i)) return false;
  mutex_lock(w, mutex, j);
  if (refcount_dec_and_test(w, count, i)) return true;
  mutex_unlock(w, mutex, j);
  return false;
}
