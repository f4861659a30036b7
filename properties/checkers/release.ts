import type { TraceSystem } from '../../model/alphabet/system.js';

/** The release in the id of a kernel System, `linux-6.18.44` and the like, as `uname -r` gives it. */
export function releaseOf(kernel: TraceSystem): string {
  return releaseOfId(kernel.id) ?? kernel.id;
}

/** The same of an id, or undefined when it is not that of a kernel. */
export function releaseOfId(id: string): string | undefined {
  return id.startsWith('linux-') ? id.slice('linux-'.length) : undefined;
}
