import type { Flavour } from '../alphabet/specification.js';
import { VARIATION_POINTS } from './variation-points.js';

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

/** Release as "6.12.117-cloud" or "7.3-rc1": major and minor number. @throws RangeError */
function versionOf(release: string): [number, number] {
  const match = /^(\d+)\.(\d+)/.exec(release);
  if (match === null) throw new RangeError(`not a kernel release: ${release}`);
  return [Number(match[1]), Number(match[2])];
}

/** The flavour of a released kernel, as `uname -r` names it. */
export function flavourOfKernel(release: string): Flavour {
  const [major, minor] = versionOf(release);
  let flavour = 0;
  VARIATION_POINTS.forEach((point, bit) => {
    const since = /^(\d+)\.(\d+)/.exec(point.since);
    if (since === null) return;
    if (major > Number(since[1]) || (major === Number(since[1]) && minor >= Number(since[2])))
      flavour |= 1 << bit;
  });
  return flavour;
}
