import type { KernelRecord } from '../reports/conformance/record.js';
import { reportToJson } from '../reports/json/report.js';
import { type Checked, counterexamplesOf, EXIT_CODE, outcomeOf } from '../reports/outcome.js';
import { findingStory, storyOf } from '../reports/terminal/story.js';
import { finalLines, operationLines, summaryLines } from '../reports/terminal/summary.js';
import { type Line, line } from '../reports/terminal/text.js';
import { print, type Terminal, tell } from './terminal.js';

export interface FinishOptions {
  readonly json: boolean;
  /** Only counterexamples and the last line. */
  readonly quiet: boolean;
  readonly interrupted: boolean;
  /** Tell the stories of known findings, too, not only that they were met. */
  readonly tellFindings?: boolean;
  /** Duration of the run. */
  readonly seconds: number;
  /** What a reader of the verdicts should know, one line each. */
  readonly notes: readonly string[];
  /** More to be said of the Systems, after the table of operations. */
  readonly details?: readonly Line[];
  /** For machines: what was found out about kernels. */
  readonly kernels?: readonly KernelRecord[];
}

/** Designs say by their invariants how far they were checked; kernels have only their operations. */
const isKernel = ({ verdict }: Checked): boolean =>
  verdict.outcome !== 'not-run' && Object.keys(verdict.invariants).length === 0;

function block(lines: readonly Line[]): Line[] {
  return lines.length === 0 ? [] : [line(), ...lines];
}

/**
 * Print what a run came to: the stories of its counterexamples, the summary, and the verdict on the last line.
 * @returns the exit code
 */
export function finish(checked: readonly Checked[], terminal: Terminal, options: FinishOptions): number {
  const outcome = outcomeOf(checked, options.interrupted);
  const verdicts = checked.map(({ verdict }) => verdict);
  if (options.json) {
    const report = reportToJson(outcome, verdicts, options.seconds, options.notes, options.kernels);
    terminal.out.write(`${JSON.stringify(report, null, 2)}\n`);
    return EXIT_CODE[outcome];
  }
  tell(
    terminal,
    options.notes.map((note) => line(`note: ${note}`, 'warn')),
  );
  const findings = options.tellFindings === true ? verdicts.flatMap(({ findings = [] }) => findings) : [];
  const stories = [
    ...verdicts.flatMap(counterexamplesOf).flatMap((each) => block(storyOf(each))),
    ...findings.flatMap((each) => block(findingStory(each))),
  ];
  const details = options.quiet
    ? []
    : [
        ...checked.filter(isKernel).flatMap(({ verdict }) => block(operationLines(verdict))),
        ...block(options.details ?? []),
        ...block(summaryLines(verdicts)),
      ];
  const lines = [...stories, ...details, ...block(finalLines(outcome, verdicts, options.seconds))];
  print(terminal, options.quiet ? lines.slice(1) : lines);
  return EXIT_CODE[outcome];
}
