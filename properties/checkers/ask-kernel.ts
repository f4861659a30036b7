import type { Recording, TraceSystem } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';

/** The kernel could not run what it was asked to, and will not: its agent cannot be had any more, or the machine is gone. */
export class KernelLost extends Error {
  override readonly name = 'KernelLost';
}

/**
 * Run traces on a kernel.
 * @throws KernelLost with one line why
 */
export async function askKernel(kernel: TraceSystem, traces: readonly Trace[]): Promise<Recording[]> {
  try {
    return await kernel.run(traces.map(({ ops }) => ops));
  } catch (cause) {
    throw new KernelLost(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
