import type { World } from '../kernel/world.js';

/**
 * Does one operation for a live process.
 * @param a..f its operands in packed order
 * @param obs where a value or a view goes; the value is 0 before
 * @returns the status
 */
export type Handler = (
  w: World,
  proc: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  obs: Int32Array,
) => number;
