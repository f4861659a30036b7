import type { TraceSystem } from '../../model/alphabet/system.js';

/** The release in the id of a kernel System, `linux-6.18.44` and the like, as `uname -r` gives it. */
export function releaseOf(kernel: TraceSystem): string {
  return kernel.id.replace(/^linux-/, '');
}
