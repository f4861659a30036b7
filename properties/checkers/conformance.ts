import type { TraceSystem } from '../../model/alphabet/system.js';
import type { Verdict } from '../../model/verdict.js';
import { KernelJudge } from './kernel-judge.js';
import { KernelOracle } from './kernel-oracle.js';
import { KernelRandom } from './kernel-random.js';
import type { RandomOptions } from './random.js';
import { releaseOf } from './release.js';

export interface KernelOptions extends RandomOptions {
  /** As `uname -r` gives it; what follows `linux-` in the kernel's id unless given. */
  readonly release?: string;
}

/**
 * Check a real kernel: random sequences in batches, each answer held against the specification of that kernel's release. It goes on
 * after a disagreement, to tell how many kinds there are and how often each shows.
 */
export async function checkKernel(kernel: TraceSystem, options: KernelOptions): Promise<Verdict> {
  const judge = new KernelJudge(new KernelOracle(options.release ?? releaseOf(kernel)));
  const random = new KernelRandom(kernel, judge, options);
  const incomplete = await random.search();
  return judge.verdict({
    system: kernel.id,
    seed: options.seed,
    kernelIn: async () => kernel,
    stop: () => options.signal?.aborted === true,
    incomplete,
    lost: random.lost,
    unmapped: random.unmapped,
  });
}
