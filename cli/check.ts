import { randomInt } from 'node:crypto';
import { VERSION } from '../model/trace/version.js';
import type { Verdict } from '../model/verdict.js';
import { type Checked, counterexamplesOf } from '../reports/outcome.js';
import { line, span } from '../reports/terminal/text.js';
import { chooseIds } from './choose.js';
import type { Engines, Kernel, SearchOptions } from './engines.js';
import { finish } from './finish.js';
import { notRun } from './not-run.js';
import { LENGTH, parseNumber, RUNS, SECONDS, SEED } from './numbers.js';
import { type ProgressMaker, progressFor, silentProgress } from './progress.js';
import { checkSavePath, save, savePath } from './save.js';
import { type Terminal, tell } from './terminal.js';

/** The options of `check`, as they are written. */
export interface CheckFlags {
  readonly design?: readonly string[];
  readonly seed?: string;
  readonly runs?: string;
  readonly time?: string;
  readonly length: string;
  /** Left out: the kernel is checked when it can be. */
  readonly host?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly save?: string;
}

/** What is checked when nothing is named: the intended ways to map the buffer. */
export const DEFAULT_DESIGNS = ['advance', 'demand-fault'];
/** Seconds for everything, when neither a time nor a number of runs is given. */
export const DEFAULT_SECONDS = 60;
export const DEFAULT_LENGTH = 30;

interface Plan {
  readonly seed: number;
  readonly runs: number;
  readonly length: number;
  readonly timeMs: number;
  readonly designs: readonly string[];
  readonly host: 'wanted' | 'if possible' | 'no';
}

function planOf(flags: CheckFlags, engines: Engines): Plan {
  const runs = flags.runs === undefined ? Number.POSITIVE_INFINITY : parseNumber('--runs', flags.runs, RUNS);
  const unlimited = flags.runs === undefined ? DEFAULT_SECONDS : Number.POSITIVE_INFINITY;
  const seconds = flags.time === undefined ? unlimited : parseNumber('--time', flags.time, SECONDS);
  const known = engines.designs.map(({ id }) => id);
  return {
    seed: flags.seed === undefined ? randomInt(SEED.max + 1) : parseNumber('--seed', flags.seed, SEED),
    runs,
    length: parseNumber('--length', flags.length, LENGTH),
    timeMs: 1000 * seconds,
    designs: chooseIds('design', flags.design ?? DEFAULT_DESIGNS, known),
    host: flags.host === undefined ? 'if possible' : flags.host ? 'wanted' : 'no',
  };
}

/** One System on the list of a run. */
interface Task {
  readonly system: string;
  readonly optional: boolean;
  check(options: SearchOptions): Promise<Verdict>;
}

function hostTask(host: Kernel | string, { host: wanted, seed }: Plan): Task {
  const optional = wanted === 'if possible';
  return typeof host === 'string'
    ? { system: 'host kernel', optional, check: async () => notRun('host kernel', seed, host) }
    : { system: host.id, optional, check: (options) => host.check(options) };
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
  for (const [i, task] of tasks.entries()) {
    if (signal.aborted) break;
    const share = Math.max(100, (end - Date.now()) / (tasks.length - i));
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
  if (flags.save !== undefined) checkSavePath(flags.save);
  const start = Date.now();
  const host = plan.host === 'no' ? undefined : await engines.openHost();
  try {
    const tasks: Task[] = engines.designs
      .filter(({ id }) => plan.designs.includes(id))
      .map((design) => ({ system: design.id, optional: false, check: (options) => design.check(options) }));
    if (host !== undefined) tasks.push(hostTask(host, plan));
    const quiet = flags.quiet === true;
    if (!quiet) announce(terminal, tasks, plan);
    const saved: string[] = [];
    const checked = await runAll(
      tasks,
      plan,
      signal,
      quiet ? silentProgress : progressFor(terminal),
      (verdict) => {
        if (flags.save === undefined) return;
        for (const counterexample of counterexamplesOf(verdict)) {
          const path = savePath(flags.save, saved.length);
          save(path, counterexample);
          saved.push(path);
        }
      },
    );
    if (!quiet)
      tell(
        terminal,
        saved.map((path) => line(`saved ${path}`)),
      );
    return finish(checked, terminal, {
      json: flags.json === true,
      quiet,
      interrupted: signal.aborted,
      seconds: (Date.now() - start) / 1000,
      notes: [],
    });
  } finally {
    if (typeof host === 'object') await host.close();
  }
}
