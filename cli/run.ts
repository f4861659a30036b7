import { CommanderError } from 'commander';
import { printable } from '../model/trace/printable.js';
import { TraceError } from '../model/trace/trace-error.js';
import { line, span } from '../reports/terminal/text.js';
import type { Engines } from './engines.js';
import { buildProgram } from './program.js';
import { type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

const USAGE = 2;

/** An error of the command line in one line: commander puts its suggestion on a second one. */
const usageText = (error: Error): string =>
  printable(error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' '));

/**
 * Run the command.
 * @param args what stands behind the command's name
 * @returns the exit code
 */
export async function run(
  args: readonly string[],
  engines: Engines,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  let exitCode = 0;
  const program = buildProgram(engines, terminal, signal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Without a command, commander has printed its help already.
    if (error instanceof CommanderError && error.code === 'commander.help') return USAGE;
    const known =
      error instanceof CommanderError || error instanceof UsageError || error instanceof TraceError;
    if (!known) throw error;
    tell(terminal, [[span('mapahead: ', 'bad'), ...line(usageText(error))]]);
    return USAGE;
  }
}
