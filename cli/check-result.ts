import { type Checked, counterexamplesOf, outcomeOf } from '../reports/outcome.js';
import type { CheckResult } from '../reports/results/check.js';
import { checkToResult } from '../reports/results/write.js';
import { catalogueOf } from './catalogue.js';
import { checkCommand } from './command-line.js';
import type { Engines } from './engines.js';
import type { Plan } from './plan.js';
import { type Opened, shownOf } from './shown.js';

/** What a check came to, with what else there is to show of its counterexamples. */
export async function checkResult(
  plan: Plan,
  checked: readonly Checked[],
  engines: Engines,
  kernels: readonly Opened[],
  run: { readonly started: Date; readonly interrupted: boolean; readonly notes: readonly string[] },
): Promise<CheckResult> {
  const verdicts = checked.map(({ verdict }) => verdict);
  const seconds = (Date.now() - run.started.getTime()) / 1000;
  const about = { started: run.started, seconds, command: checkCommand(plan) };
  const examples = verdicts.flatMap((verdict) => [
    ...counterexamplesOf(verdict),
    ...(verdict.findings ?? []).map(({ counterexample }) => counterexample),
  ]);
  const shown = [];
  for (const example of examples) shown.push(await shownOf(example, engines, kernels));
  const outcome = outcomeOf(checked, run.interrupted);
  return checkToResult(about, plan.seed, catalogueOf(engines), outcome, verdicts, run.notes, shown);
}
