import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoAgentError } from '../model/linux/compile.js';
import { runInGuest } from '../model/linux/guest/guest-programs.js';
import { HOST, imageOf } from '../model/linux/kernels.js';
import { printable } from '../model/trace/printable.js';
import { line } from '../reports/terminal/text.js';
import { type Terminal, tell } from './terminal.js';

/** The kernel, or the compiler, cannot be had. */
export const NOT_CHECKED = 3;
/** What the program's own exit codes mean to mapahead's: as specified, differs, could not be run. */
const EXIT: Readonly<Record<number, number>> = { 0: 0, 1: 1, 4: NOT_CHECKED };
const MOST_MS = 60_000;

interface Ran {
  readonly exitCode: number | undefined;
  readonly said: readonly string[];
  readonly alarm: readonly string[];
}

/** The id of the System that this kernel is. @throws NoAgentError when it cannot be had */
export async function systemOf(kernel: string): Promise<string> {
  return `linux-${kernel === HOST ? release() : (await imageOf(kernel)).release}`;
}

/** @throws NoAgentError when there is no compiler */
function compile(source: string, program: string, options: readonly string[]): void {
  const compiler = process.env['CC'] ?? 'cc';
  const { status, error, stderr } = spawnSync(
    compiler,
    ['-Wall', '-Wextra', '-Werror', ...options, '-o', program, source],
    { encoding: 'utf8' },
  );
  if (status === 0) return;
  const [why = ''] = (error?.message ?? stderr).split('\n');
  throw new NoAgentError(`the reproducer does not compile with '${compiler}': ${why}`);
}

function runHere(program: string, cwd: string): Ran {
  const { status, stdout } = spawnSync(program, { encoding: 'utf8', cwd, timeout: MOST_MS });
  return { exitCode: status ?? undefined, said: stdout.trim().split('\n'), alarm: [] };
}

/**
 * Compile a reproducer and run it on a kernel: on this machine as the user at hand, elsewhere as root in a guest.
 * @returns mapahead's exit code for what it came to
 * @throws NoAgentError with one line why when there is no compiler, or the kernel cannot be had
 */
export async function runOn(kernel: string, text: string, terminal: Terminal): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mapahead-reproducer-'));
  try {
    const [source, program] = [join(folder, 'reproducer.c'), join(folder, 'reproducer')];
    writeFileSync(source, text);
    compile(source, program, kernel === HOST ? [] : ['-static']);
    const [ran] =
      kernel === HOST ? [runHere(program, folder)] : await runInGuest(await imageOf(kernel), [program]);
    const code = ran?.exitCode;
    const lines = [...(ran?.said ?? []), ...(ran?.alarm ?? [])].map((each) => line(printable(each)));
    const verdict = code === undefined ? 'did not come to its end' : `ends with ${code}`;
    const isBroken = (ran?.alarm ?? []).length > 0;
    tell(terminal, [...lines, line(`on ${kernel}: the reproducer ${verdict}`, code === 0 ? 'good' : 'bad')]);
    return isBroken ? 1 : (EXIT[code ?? NOT_CHECKED] ?? NOT_CHECKED);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
