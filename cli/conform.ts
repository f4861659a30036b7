import type { KernelConformance } from '../model/conformance.js';
import { NoAgentError } from '../model/linux/compile.js';
import { VERSION } from '../model/trace/version.js';
import { KernelLost } from '../properties/checkers/ask-kernel.js';
import { type ConformProgress, conform as conformKernel } from '../properties/conformance/conform.js';
import type { OpenableKernel } from '../properties/conformance/kernel-pool.js';
import { conformanceMarkdown } from '../reports/conformance/markdown.js';
import { matrixOf } from '../reports/conformance/matrix.js';
import { recordOf } from '../reports/conformance/record.js';
import { conformanceLines, matrixLines } from '../reports/conformance/terminal.js';
import { EXIT_CODE, outcomeOf } from '../reports/outcome.js';
import { type Line, line, span } from '../reports/terminal/text.js';
import { type ConformFlags, type ConformPlan, conformPlanOf } from './conform-plan.js';
import { conformProgress } from './conform-progress.js';
import type { Engines } from './engines.js';
import { finish } from './finish.js';
import { checkReportFolder, writeReports } from './mail-reports.js';
import { notRun } from './not-run.js';
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
  matrix: boolean,
  signal: AbortSignal,
  onProgress: (progress: ConformProgress) => void,
): Promise<KernelConformance> {
  try {
    return await conformKernel(kernel, { ...plan, matrix, signal, onProgress });
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
  const matrix = flags.matrix === true;
  if (flags.record !== undefined) readRecords(flags.record);
  if (flags.report !== undefined) checkReportFolder(flags.report);
  const quiet = flags.quiet === true;
  const start = Date.now();
  if (!quiet) announce(terminal, plan);
  const kernels = plan.kernels.map(
    (name): OpenableKernel => ({ name, open: (start) => engines.openSystem(name, { start }) }),
  );
  const conformances: KernelConformance[] = [];
  for (const kernel of kernels) {
    if (signal.aborted) break;
    const progress = conformProgress(terminal, kernel.name, quiet);
    conformances.push(await compare(kernel, plan, matrix, signal, progress));
  }
  const notes: string[] = [];
  const keep = async (what: () => void | Promise<void>): Promise<void> => {
    try {
      await what();
    } catch (error) {
      // What was found is worth more than its file: it is still told.
      if (!(error instanceof UsageError || error instanceof KernelLost)) throw error;
      notes.push(error.message);
    }
  };
  const { record, report } = flags;
  if (record !== undefined) await keep(() => writeRecords(record, conformances));
  if (report !== undefined) {
    await keep(async () => {
      notes.push(...(await writeReports(report, kernels, conformances)));
    });
  }
  const checked = conformances.map(({ verdict }) => ({ verdict, optional: false }));
  if (flags.markdown === true) {
    tell(
      terminal,
      notes.map((note) => line(`note: ${note}`, 'warn')),
    );
    terminal.out.write(conformanceMarkdown(conformances.map(recordOf)));
    return EXIT_CODE[outcomeOf(checked, signal.aborted)];
  }
  return finish(checked, terminal, {
    json: flags.json === true,
    quiet,
    interrupted: signal.aborted,
    seconds: (Date.now() - start) / 1000,
    notes,
    details: details(conformances, matrix),
    kernels: conformances.map(recordOf),
  });
}
