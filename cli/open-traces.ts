import type { TraceSystem } from '../model/alphabet/system.js';
import { openHost } from '../model/linux/host.js';
import { quote } from '../model/trace/printable.js';
import type { StartLimits } from '../properties/conformance/kernel-pool.js';
import { UsageError } from './usage-error.js';

/** The kernel under this program. */
export const HOST = 'host';

/**
 * A kernel by its name, for sequences that start from these limits.
 * @throws UsageError when there is no such name; NoAgentError when it cannot be asked here
 */
export function openTraces(name: string, start: StartLimits): Promise<TraceSystem> {
  if (name === HOST) return openHost(start);
  return Promise.reject(new UsageError(`--kernel: unknown kernel ${quote(name)}: the only one is ${HOST}`));
}
