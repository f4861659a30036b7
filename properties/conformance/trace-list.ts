import type { Env, Recording, TraceSystem } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type { Failure } from '../../model/verdict.js';
import { askKernel } from '../checkers/ask-kernel.js';
import { closeTrace } from '../checkers/closing.js';
import type { KernelJudge } from '../checkers/kernel-judge.js';
import type { KernelPool, StartLimits } from './kernel-pool.js';

/** Sequences in one round trip. */
const BATCH = 64;

/** One sequence that was run: what was asked, in which environment, and what came. */
export interface Answered<T> {
  readonly item: T;
  /** In the environment of the kernel, and closed: the first operations are those of the item. */
  readonly trace: Trace;
  readonly recording: Recording;
  readonly failure: Failure | undefined;
}

interface ListOptions<T> {
  readonly stop: () => boolean;
  readonly onAnswer: (answered: Answered<T>) => void;
}

const limitsOf = ({ gift, rlimit }: Env): StartLimits => ({ gift, rlimit });

/** Items by the limits that their sequences start from. */
function byLimits<T extends { readonly trace: Trace }>(items: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const { gift, rlimit } = item.trace.env;
    const key = `${gift} ${rlimit}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/**
 * Run sequences on a kernel, each closed by observations, and judge them. While the kernel is at a batch, the one before is judged.
 * @throws KernelLost when the kernel cannot be asked any more; what opening it throws
 */
export async function runList<T extends { readonly trace: Trace }>(
  pool: KernelPool,
  judge: KernelJudge,
  items: readonly T[],
  { stop, onAnswer }: ListOptions<T>,
): Promise<void> {
  const spec = judge.oracle.predictor();
  for (const group of byLimits(items)) {
    const kernel: TraceSystem = await pool.at(limitsOf(group[0].trace.env));
    let pending = Promise.resolve();
    for (let first = 0; first < group.length && !stop(); first += BATCH) {
      const batch = group.slice(first, first + BATCH);
      const traces = batch.map(({ trace }) => closeTrace(spec, { env: kernel.env, ops: trace.ops }));
      const answers = askKernel(kernel, traces);
      // Judged below; here only so that a failure while the one before is awaited is not unhandled.
      answers.catch(() => undefined);
      await pending;
      pending = answers.then((recordings) => {
        recordings.forEach((recording, i) => {
          const trace = traces[i];
          onAnswer({ item: batch[i], trace, recording, failure: judge.judge(trace, recording) });
        });
      });
      pending.catch(() => undefined);
    }
    await pending;
  }
}
