import { writeFileSync } from 'node:fs';
import { NoAgentError } from '../model/linux/compile.js';
import type { TraceDocument } from '../model/trace/trace-file.js';
import { notReproduced, REPRODUCERS, type Scenario } from '../reports/reproducers/index.js';
import { line } from '../reports/terminal/text.js';
import { unknownId } from './choose.js';
import { readTrace } from './read-trace.js';
import { NOT_CHECKED, runOn, systemOf } from './run-reproducer.js';
import { scenarioOf } from './scenario.js';
import { type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

export interface ReproduceFlags {
  readonly format: string;
  readonly output?: string;
  readonly system?: string;
  readonly run?: string;
}

export const REPRODUCER_FORMATS: readonly string[] = Object.keys(REPRODUCERS);

/** Formats of programs that check what they see. */
const CHECKING: readonly string[] = ['c', 'kselftest'];

/** @throws UsageError naming the flag when it cannot be written */
function save(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`--output: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * `mapahead reproduce`: a trace as a program, and with `--run` what it comes to on a kernel.
 * @returns exit code
 * @throws UsageError, TraceError when the trace cannot be read, its System or the format is not known, or the file cannot be written
 */
export async function reproduce(source: string, flags: ReproduceFlags, terminal: Terminal): Promise<number> {
  const { format, run } = flags;
  const write = REPRODUCERS[format];
  if (write === undefined) throw unknownId('format', format, REPRODUCER_FORMATS);
  if (run !== undefined && format !== 'c')
    throw new UsageError('--run: only programs of the format "c" can be run');
  const document = readTrace(source);
  try {
    const wanted = flags.system ?? (run === undefined ? undefined : await systemOf(run));
    return await reproduced(document, wanted, flags, write, terminal);
  } catch (error) {
    if (!(error instanceof NoAgentError)) throw error;
    tell(terminal, [line(`NOT RUN  ${run}: ${error.message}`, 'bad')]);
    return NOT_CHECKED;
  }
}

async function reproduced(
  document: TraceDocument,
  wanted: string | undefined,
  { format, output, run }: ReproduceFlags,
  write: (scenario: Scenario) => string,
  terminal: Terminal,
): Promise<number> {
  const scenario = scenarioOf(document, wanted);
  const text = write(scenario);
  if (CHECKING.includes(format)) {
    const holes = notReproduced(scenario);
    for (const hole of holes)
      tell(terminal, [line(`note: ${hole}: the program will say so and exit with 4`, 'warn')]);
  }
  if (output !== undefined) {
    save(output, text);
    tell(terminal, [line(`saved ${output}`)]);
  } else if (run === undefined) {
    terminal.out.write(text);
  }
  return run === undefined ? 0 : runOn(run, text, terminal);
}
