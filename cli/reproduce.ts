import { writeFileSync } from 'node:fs';
import { notReproduced, REPRODUCERS } from '../reports/reproducers/index.js';
import { line } from '../reports/terminal/text.js';
import { unknownId } from './choose.js';
import { readTrace } from './read-trace.js';
import { scenarioOf } from './scenario.js';
import { type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

export interface ReproduceFlags {
  readonly format: string;
  readonly output?: string;
  readonly system?: string;
}

export const REPRODUCER_FORMATS: readonly string[] = Object.keys(REPRODUCERS);

/** Formats of programs that check what they see. */
const CHECKING: readonly string[] = ['c', 'kselftest'];

/**
 * `mapahead reproduce`: a trace as a program.
 * @throws UsageError, TraceError when the trace cannot be read, its System or the format is not known, or the file cannot be written
 */
export function reproduce(source: string, flags: ReproduceFlags, terminal: Terminal): void {
  const write = REPRODUCERS[flags.format];
  if (write === undefined) throw unknownId('format', flags.format, REPRODUCER_FORMATS);
  const scenario = scenarioOf(readTrace(source), flags.system);
  const text = write(scenario);
  if (CHECKING.includes(flags.format)) {
    const holes = notReproduced(scenario);
    for (const hole of holes)
      tell(terminal, [line(`note: ${hole}: the program will say so and exit with 4`, 'warn')]);
  }
  if (flags.output === undefined) {
    terminal.out.write(text);
    return;
  }
  try {
    writeFileSync(flags.output, text);
  } catch (error) {
    throw new UsageError(`--output: ${error instanceof Error ? error.message : String(error)}`);
  }
  tell(terminal, [line(`saved ${flags.output}`)]);
}
