import type { Counterexample, Verdict } from '../model/verdict.js';
import { evidenceOf } from '../properties/checkers/evidence.js';
import type { Shown } from '../reports/results/write.js';
import type { Engines, Kernel } from './engines.js';
import { notRun } from './not-run.js';
import { DEFAULT_DESIGNS } from './plan.js';

/** The kernel of this machine, why there is none, or undefined: it was not asked for. */
export type Host = Kernel | string | undefined;

/** The kernel starts every trace from the limits that it was opened with: it is opened again with the trace's own. */
async function onHost(example: Counterexample, engines: Engines, host: Host): Promise<Verdict[]> {
  if (host === undefined) return [];
  if (typeof host === 'string') return [notRun('host kernel', 0, host)];
  if (host.id === example.system) return [];
  const again = await engines.openHost(example.trace.env);
  if (typeof again === 'string') return [notRun(host.id, 0, again)];
  try {
    return [await again.replay(example.trace)];
  } finally {
    await again.close();
  }
}

/** What a report shows of a counterexample: what was allowed and changed at each step, and what other Systems answer. */
export async function shownOf(example: Counterexample, engines: Engines, host: Host): Promise<Shown> {
  const designs = engines.designs
    .filter(({ id }) => DEFAULT_DESIGNS.includes(id) && id !== example.system)
    .map((design) => design.replay(example.trace));
  const beside = [...designs, ...(await onHost(example, engines, host))];
  return { example, beside, ...(evidenceOf(example) ?? { allowed: [] }) };
}
