import { VERSION } from '../model/trace/version.js';
import type { Counterexample, Verdict } from '../model/verdict.js';
import { uncertified } from '../properties/certify/uncertified.js';
import { type Checked, counterexamplesOf } from '../reports/outcome.js';
import { line, span } from '../reports/terminal/text.js';
import { certified } from './certify.js';
import type { Engines, Kernel, SearchOptions } from './engines.js';
import { finish } from './finish.js';
import { notRun } from './not-run.js';
import { type CheckFlags, type Plan, planOf } from './plan.js';
import { type ProgressMaker, progressFor, silentProgress } from './progress.js';
import { checkSavePath, save, savePath } from './save.js';
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

function hostTask(host: Kernel | string, { host: wanted, seed, certifyMs }: Plan): Task {
  const optional = wanted === 'if possible';
  const weight = KERNEL_WEIGHT;
  return typeof host === 'string'
    ? { system: 'host kernel', optional, weight, check: async () => notRun('host kernel', seed, host) }
    : {
        system: host.id,
        optional,
        weight,
        check: async (options) => {
          const verdict = await host.check(options);
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
 * `mapahead check`: random sequences on designs and on this machine's kernel, against the specification and the invariants.
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
  if (flags.save !== undefined) checkSavePath('--save', flags.save);
  const start = Date.now();
  const host = plan.host === 'no' ? undefined : await engines.openHost();
  try {
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
    if (host !== undefined) tasks.push(hostTask(host, plan));
    const quiet = flags.quiet === true;
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
    const progress = quiet ? silentProgress : progressFor(terminal);
    const checked = await runAll(tasks, plan, signal, progress, (verdict) =>
      counterexamplesOf(verdict).forEach(keep),
    );
    if (!quiet) for (const path of saved) tell(terminal, [line(`saved ${path}`)]);
    return finish(checked, terminal, {
      json: flags.json === true,
      quiet,
      interrupted: signal.aborted,
      seconds: (Date.now() - start) / 1000,
      notes,
    });
  } finally {
    if (typeof host === 'object') await host.close();
  }
}
