import type { KernelConformance } from '../model/conformance.js';
import { NoAgentError } from '../model/linux/compile.js';
import { VERSION } from '../model/trace/version.js';
import { KernelLost } from '../properties/checkers/ask-kernel.js';
import { type ConformProgress, conform as conformKernel } from '../properties/conformance/conform.js';
import type { OpenableKernel } from '../properties/conformance/kernel-pool.js';
import { conformanceMarkdown } from '../reports/conformance/markdown.js';
import { matrixOf } from '../reports/conformance/matrix.js';
import { recordOf } from '../reports/conformance/record.js';
import { conformanceToResult } from '../reports/conformance/result.js';
import { conformanceLines, matrixLines } from '../reports/conformance/terminal.js';
import { EXIT_CODE, outcomeOf } from '../reports/outcome.js';
import { type Line, line, span } from '../reports/terminal/text.js';
import { conformCommand } from './command-line.js';
import { type ConformFlags, type ConformPlan, conformPlanOf } from './conform-plan.js';
import { conformProgress } from './conform-progress.js';
import type { Engines } from './engines.js';
import { makeFolder } from './files.js';
import { finish } from './finish.js';
import { writeReports } from './mail-reports.js';
import { notRun } from './not-run.js';
import { Publisher } from './publisher.js';
import { readRecords, writeRecords } from './records.js';
import { type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

function announce(terminal: Terminal, { kernels, sources, seed, length, runs, timeMs }: ConformPlan): void {
  const amount = [
    ...(Number.isFinite(runs) ? [`${runs} random sequences each`] : []),
    ...(Number.isFinite(timeMs) ? [`${timeMs / 1000} s of them each`] : []),
  ];
  tell(terminal, [
    [span(`mapahead ${VERSION}  `, 'strong'), span(`compares ${kernels.join(', ')} with the specification`)],
    line(
      `${sources.join(', ')}; seed ${seed}, ${length} operations a sequence, ${amount.join(', ')}`,
      'faint',
    ),
  ]);
}

/** A kernel that cannot be had, or no more, could not be compared: that is no verdict on it. */
async function compare(
  kernel: OpenableKernel,
  plan: ConformPlan,
  signal: AbortSignal,
  onProgress: (progress: ConformProgress) => void,
): Promise<KernelConformance> {
  try {
    return await conformKernel(kernel, { ...plan, signal, onProgress });
  } catch (error) {
    if (!(error instanceof KernelLost || error instanceof NoAgentError)) throw error;
    const verdict = notRun(kernel.name, plan.seed, error.message);
    return { name: kernel.name, verdict, sources: [], unobserved: [] };
  }
}

/** What is said of the kernels beside their verdicts. */
function details(conformances: readonly KernelConformance[], matrix: boolean): Line[] {
  const ran = conformances.filter(({ verdict }) => verdict.outcome !== 'not-run');
  const sections = ran.flatMap((each) => [...conformanceLines(each), line()]);
  if (!matrix || ran.length === 0) return sections.slice(0, -1);
  return [...sections, ...matrixLines(matrixOf(ran.map(recordOf)))];
}

/** Compare one kernel after the other. */
async function compareAll(
  kernels: readonly OpenableKernel[],
  plan: ConformPlan,
  signal: AbortSignal,
  progressOf: (kernel: string) => (progress: ConformProgress) => void,
): Promise<KernelConformance[]> {
  const conformances: KernelConformance[] = [];
  for (const kernel of kernels) {
    if (signal.aborted) break;
    conformances.push(await compare(kernel, plan, signal, progressOf(kernel.name)));
  }
  return conformances;
}

/**
 * Write the files that were asked for.
 * @returns one line for each thing that is to be known of them: what was found is worth more than its file, and still told
 */
async function keepAll(
  { record, mail }: ConformFlags,
  kernels: readonly OpenableKernel[],
  conformances: readonly KernelConformance[],
): Promise<string[]> {
  try {
    if (record !== undefined) writeRecords(record, conformances);
    return mail === undefined ? [] : await writeReports(mail, kernels, conformances);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [error.message];
  }
}

function printMarkdown(
  terminal: Terminal,
  conformances: readonly KernelConformance[],
  notes: readonly string[],
): void {
  tell(
    terminal,
    notes.map((note) => line(`note: ${note}`, 'warn')),
  );
  terminal.out.write(conformanceMarkdown(conformances.map(recordOf)));
}

/**
 * `mapahead conform`: kernels against the specification of their versions.
 * @returns the exit code
 * @throws UsageError, TraceError for wrong options and files that cannot be read
 */
export async function conform(
  flags: ConformFlags,
  engines: Engines,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const plan = conformPlanOf(flags);
  if (flags.record !== undefined) readRecords(flags.record);
  if (flags.mail !== undefined) makeFolder('--mail', flags.mail);
  const command = conformCommand(plan);
  const publisher = await Publisher.open(flags, 'kernels', command, terminal);
  const { started } = publisher;
  try {
    const quiet = flags.quiet === true;
    if (!quiet) announce(terminal, plan);
    const onWait = (what: string): void => tell(terminal, [line(`mapahead ${what}`, 'faint')]);
    const kernels = plan.kernels.map(
      (name): OpenableKernel => ({ name, open: (start) => engines.openTraces(name, { start, onWait }) }),
    );
    const conformances = await compareAll(kernels, plan, signal, (kernel) =>
      conformProgress(terminal, kernel, quiet, (text) => publisher.progress(kernel, text)),
    );
    const notes = await keepAll(flags, kernels, conformances);
    const interrupted = signal.aborted;
    const seconds = (Date.now() - started.getTime()) / 1000;
    if (publisher.isWanted) {
      await publisher.publish(conformanceToResult({ started, seconds, command }, conformances));
    }
    const checked = conformances.map(({ verdict }) => ({ verdict, optional: false }));
    if (flags.markdown === true) {
      printMarkdown(terminal, conformances, notes);
      return EXIT_CODE[outcomeOf(checked, interrupted)];
    }
    return finish(checked, terminal, {
      json: flags.json === true,
      quiet,
      interrupted,
      seconds,
      notes,
      details: details(conformances, plan.matrix),
      kernels: conformances.map(recordOf),
    });
  } finally {
    await publisher.close();
  }
}
