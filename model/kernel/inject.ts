import type { World } from './world.js';

/**
 * Whether this allocation fails by injection (as CONFIG_FAULT_INJECTION does for real).
 * @param site INJECT_ALLOC or INJECT_PGTABLE
 */
export function should_fail(w: World, site: number): boolean {
  const { sys } = w;
  if (sys.inject_site[0] !== site + 1) return false;
  if (sys.inject_left[0] > 0) {
    sys.inject_left[0]--;
    return false;
  }
  sys.inject_site[0] = 0;
  return true;
}
