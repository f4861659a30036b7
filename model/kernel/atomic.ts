import type { World } from './world.js';

/**
 * The counts that are an atomic_t or atomic_long_t: no warning guards them.
 * @suspends
 */
export function atomic_inc(_w: World, count: Int32Array, i: number): void {
  count[i]++;
}

/** @suspends */
export function atomic_dec(_w: World, count: Int32Array, i: number): void {
  count[i]--;
}

/**
 * @returns whether there was anything to add to
 * @suspends
 */
export function atomic_inc_not_zero(_w: World, count: Int32Array, i: number): boolean {
  if (count[i] === 0) return false;
  count[i]++;
  return true;
}

/**
 * @returns whether the count has come to 0, or below
 * @suspends
 */
export function atomic_dec_and_test(_w: World, count: Int32Array, i: number): boolean {
  return --count[i] <= 0;
}

/**
 * A read that another task's change may come before or after.
 * @suspends
 */
export function atomic_read(_w: World, count: Int32Array, i: number): number {
  return count[i];
}
