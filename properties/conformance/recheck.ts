import type { Trace } from '../../model/alphabet/trace.js';
import type { Rechecked } from '../../model/conformance.js';
import type { Finding } from '../../model/spec/findings.js';
import { askKernel } from '../checkers/ask-kernel.js';
import { KernelOracle } from '../checkers/kernel-oracle.js';
import { releaseOf } from '../checkers/release.js';
import { KernelPool, type OpenableKernel } from './kernel-pool.js';
import { reasonOf, unobservedIn } from './unobserved.js';

/** Times that a sequence is run. */
const REPEATS = 10;

/** A sequence that failed on some kernel. */
export interface Suspect {
  readonly trace: Trace;
  /** The known finding that it shows there, if one. */
  readonly finding?: Finding;
}

/**
 * Run sequences that failed on some kernel on this one, ten times each: who reports a defect has to say who has it and who has not.
 * Each is held to the specification of this kernel's release; known findings are allowed, but for the one that it is about.
 * @throws KernelLost when the kernel cannot be asked any more
 */
export async function recheck(kernel: OpenableKernel, suspects: readonly Suspect[]): Promise<Rechecked[]> {
  const pool = new KernelPool(kernel);
  try {
    const results: Rechecked[] = [];
    for (const {
      trace: { env, ops },
      finding,
    } of suspects) {
      const opened = await pool.at(env);
      const oracle = new KernelOracle(releaseOf(opened));
      const trace: Trace = { env: opened.env, ops };
      const recordings = await askKernel(
        opened,
        Array.from({ length: REPEATS }, () => trace),
      );
      const failures = recordings.flatMap((recording) =>
        finding === undefined
          ? (oracle.judge(trace, recording).failure ?? [])
          : (oracle.shows(finding, trace, recording) ?? []),
      );
      const [impossible] = recordings.flatMap((recording) => unobservedIn(ops, recording));
      results.push({
        system: opened.id,
        runs: REPEATS,
        failed: failures.length,
        ...(failures.length === 0 ? {} : { failure: failures[0] }),
        ...(impossible === undefined ? {} : { notObserved: reasonOf(ops, impossible) }),
      });
    }
    return results;
  } finally {
    await pool.close();
  }
}
