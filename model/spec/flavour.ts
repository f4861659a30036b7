import type { Flavour } from '../alphabet/specification.js';
import { isReleaseFrom } from './releases.js';
import { VARIATION_POINTS, VP } from './variation-points.js';

/** The flavour with side 1 of the named variation points, and of no other. @throws RangeError for an unknown id */
export function flavourOf(ids: readonly string[]): Flavour {
  let flavour = 0;
  for (const id of ids) {
    const bit = VARIATION_POINTS.findIndex((point) => point.id === id);
    if (bit < 0) throw new RangeError(`no variation point is called ${id}`);
    flavour |= 1 << bit;
  }
  return flavour;
}

/** Debian builds its kernels with CONFIG_MEMORY_FAILURE since 6.12. */
function hasMemoryFailure(release: string): boolean {
  return /deb\d/.test(release) && isReleaseFrom(release, '6.12');
}

/**
 * The intended behaviour of a released kernel, as `uname -r` names it. What it does otherwise is in
 * `KNOWN_FINDINGS`, see `findingsOfKernel`.
 * @throws RangeError when that is no release
 */
export function flavourOfKernel(release: string): Flavour {
  let flavour = hasMemoryFailure(release) ? 1 << VP.memoryFailure : 0;
  VARIATION_POINTS.forEach(({ since }, bit) => {
    if (/^\d/.test(since) && isReleaseFrom(release, since)) flavour |= 1 << bit;
  });
  return flavour;
}
