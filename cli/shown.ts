import type { Counterexample, Verdict } from '../model/verdict.js';
import { evidenceOf } from '../properties/checkers/evidence.js';
import { REPRODUCERS, type Scenario } from '../reports/reproducers/index.js';
import type { Shown } from '../reports/results/write.js';
import type { Engines, Kernel } from './engines.js';
import { notRun } from './not-run.js';
import { DEFAULT_DESIGNS } from './plan.js';
import { documentOf } from './save.js';
import { scenarioOf } from './scenario.js';
import { UsageError } from './usage-error.js';

/** A kernel that was asked for by this name: as it was opened, or one line why it could not be. */
export interface Opened {
  readonly name: string;
  readonly kernel: Kernel | string;
}

/** A kernel starts every trace from the limits that it was opened with: it is opened again with the trace's own. */
async function onKernel(
  example: Counterexample,
  engines: Engines,
  { name, kernel }: Opened,
): Promise<Verdict[]> {
  if (typeof kernel === 'string') return [notRun(name, 0, kernel)];
  if (kernel.id === example.system) return [];
  const again = await engines.openKernel(name, { start: example.trace.env });
  if (typeof again === 'string') return [notRun(kernel.id, 0, again)];
  try {
    return [await again.replay(example.trace)];
  } finally {
    await again.close();
  }
}

/** The programs that make the calls of a counterexample; of a System that is not known there are none. */
function reproducersOf(example: Counterexample): Pick<Shown, 'reproducers'> {
  let scenario: Scenario;
  try {
    scenario = scenarioOf(documentOf(example));
  } catch (error) {
    if (error instanceof UsageError) return {};
    throw error;
  }
  const { c, kselftest, syz } = REPRODUCERS;
  return { reproducers: { c: c(scenario), kselftest: kselftest(scenario), syz: syz(scenario) } };
}

/** What a report shows of a counterexample: what was allowed and changed at each step, and what other Systems answer. */
export async function shownOf(
  example: Counterexample,
  engines: Engines,
  kernels: readonly Opened[],
): Promise<Shown> {
  const designs = engines.designs
    .filter(({ id }) => DEFAULT_DESIGNS.includes(id) && id !== example.system)
    .map((design) => design.replay(example.trace));
  const beside = [...designs];
  for (const kernel of kernels) beside.push(...(await onKernel(example, engines, kernel)));
  const evidence = evidenceOf(example) ?? { allowed: [] };
  return { example, beside, ...evidence, ...reproducersOf(example) };
}
