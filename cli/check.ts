import { HOST } from '../model/linux/kernels.js';
import { VERSION } from '../model/trace/version.js';
import type { Counterexample, Verdict } from '../model/verdict.js';
import { uncertified } from '../properties/certify/uncertified.js';
import { type Checked, counterexamplesOf } from '../reports/outcome.js';
import { line, span } from '../reports/terminal/text.js';
import { certified } from './certify.js';
import { checkResult } from './check-result.js';
import { checkCommand } from './command-line.js';
import type { Engines, Kernel, SearchOptions } from './engines.js';
import { checkFilePath } from './files.js';
import { finish } from './finish.js';
import { notRun } from './not-run.js';
import { type CheckFlags, type Plan, type PlannedKernel, planOf } from './plan.js';
import { alsoTo, type ProgressMaker, progressFor, silentProgress } from './progress.js';
import { Publisher } from './publisher.js';
import { save, savePath } from './save.js';
import { type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

/** One System on the list of a run. */
interface Task {
  readonly system: string;
  readonly optional: boolean;
  /** Its part of the time, as far as the others use theirs. */
  readonly weight: number;
  check(options: SearchOptions): Promise<Verdict>;
}

/** A kernel is slower by a factor of a hundred, so it gets more of the time. */
const KERNEL_WEIGHT = 2;

function kernelTask(kernel: Kernel | string, { name, optional }: PlannedKernel, plan: Plan): Task {
  const { seed, certifyMs } = plan;
  const weight = KERNEL_WEIGHT;
  if (typeof kernel === 'string') {
    const system = name === HOST ? 'host kernel' : name;
    return { system, optional, weight, check: async () => notRun(system, seed, kernel) };
  }
  return {
    system: kernel.id,
    optional,
    weight,
    check: async (options) => {
      const verdict = await kernel.check(options);
      return certifyMs === undefined ? verdict : uncertified(verdict);
    },
  };
}

/** Check one System within its share of the time. */
async function run(
  task: Task,
  plan: Plan,
  timeMs: number,
  signal: AbortSignal,
  progress: ProgressMaker,
): Promise<Checked> {
  const shown = progress(task.system);
  const start = Date.now();
  try {
    const verdict = await task.check({
      seed: plan.seed,
      runs: plan.runs,
      length: plan.length,
      timeMs,
      signal,
      onProgress: ({ sequences, operations }) => {
        const share = Math.max(sequences / plan.runs, (Date.now() - start) / timeMs);
        shown.update(Math.min(1, share), sequences, operations);
      },
    });
    shown.done(verdict);
    return { verdict, optional: task.optional };
  } finally {
    shown.stop();
  }
}

/** Check all, one after the other; the time that one leaves over goes to those after it. */
async function runAll(
  tasks: readonly Task[],
  plan: Plan,
  signal: AbortSignal,
  progress: ProgressMaker,
  found: (verdict: Verdict) => void,
): Promise<Checked[]> {
  const checked: Checked[] = [];
  const end = Date.now() + plan.timeMs;
  let weights = tasks.reduce((sum, { weight }) => sum + weight, 0);
  for (const task of tasks) {
    if (signal.aborted) break;
    const share = Math.max(100, ((end - Date.now()) * task.weight) / weights);
    weights -= task.weight;
    const result = await run(task, plan, share, signal, progress);
    found(result.verdict);
    checked.push(result);
  }
  return checked;
}

function announce(terminal: Terminal, tasks: readonly Task[], { seed, length, runs, timeMs }: Plan): void {
  const amount = [
    ...(Number.isFinite(runs) ? [`${runs} sequences each`] : []),
    ...(Number.isFinite(timeMs) ? [`${timeMs / 1000} s in all`] : []),
  ];
  const what = tasks.map(({ system }) => system).join(', ');
  tell(terminal, [
    [span(`mapahead ${VERSION}  `, 'strong'), span(`checks ${what}`)],
    line(`seed ${seed}, ${length} operations a sequence, ${amount.join(', ')}`, 'faint'),
  ]);
}

/**
 * `mapahead check`: random sequences on designs and on kernels, against the specification and the invariants.
 * @returns the exit code
 * @throws UsageError for wrong options
 */
export async function check(
  flags: CheckFlags,
  engines: Engines,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const plan = planOf(flags, engines);
  if (flags.save !== undefined) checkFilePath('--save', flags.save);
  const publisher = await Publisher.open(flags, 'check', checkCommand(plan), terminal);
  const { started } = publisher;
  const quiet = flags.quiet === true;
  const onWait = (what: string): void => {
    if (!quiet) tell(terminal, [line(`mapahead ${what}`, 'faint')]);
  };
  const kernels: (Kernel | string)[] = [];
  try {
    for (const { name } of plan.kernels) kernels.push(await engines.openKernel(name, { onWait }));
    const tasks: Task[] = engines.designs
      .filter(({ id }) => plan.designs.includes(id))
      .map((design) => ({
        system: design.id,
        optional: false,
        weight: 1,
        check: async (options) =>
          certified(
            await design.check(options),
            design,
            plan.certifyMs,
            terminal,
            signal,
            flags.quiet === true,
          ),
      }));
    plan.kernels.forEach((planned, i) => {
      const kernel = kernels[i];
      if (kernel !== undefined) tasks.push(kernelTask(kernel, planned, plan));
    });
    if (!quiet) announce(terminal, tasks, plan);
    const saved: string[] = [];
    const notes: string[] = [];
    const keep = (example: Counterexample): void => {
      if (flags.save === undefined) return;
      const path = savePath(flags.save, saved.length);
      try {
        save(path, example);
        saved.push(path);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        // What was found is worth more than its file: the story is still told.
        notes.push(error.message);
      }
    };
    const progress = alsoTo(publisher, quiet ? silentProgress : progressFor(terminal));
    const checked = await runAll(tasks, plan, signal, progress, (verdict) =>
      counterexamplesOf(verdict).forEach(keep),
    );
    const interrupted = signal.aborted;
    if (publisher.isWanted) {
      const run = { started, interrupted, notes };
      const opened = plan.kernels.map(({ name }, i) => ({ name, kernel: kernels[i] }));
      await publisher.publish(await checkResult(plan, checked, engines, opened, run));
    }
    if (!quiet) for (const path of saved) tell(terminal, [line(`saved ${path}`)]);
    return finish(checked, terminal, {
      json: flags.json === true,
      quiet,
      interrupted,
      seconds: (Date.now() - started.getTime()) / 1000,
      notes,
    });
  } finally {
    await publisher.close();
    await Promise.all(kernels.map((kernel) => (typeof kernel === 'object' ? kernel.close() : undefined)));
  }
}
