// Small C programs of the tests, compiled with the agent's own sources.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alphabetHeader } from '#model/linux/header';

const run = promisify(execFile);
const AGENT = join(import.meta.dirname, '../../../dist/model/linux/agent');
const FLAGS = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-static', '-no-pie', '-DAGENT_STATIC'];

export interface CProgram {
  /** What it wrote, or how it ended: `code 3`, `SIGSYS`. */
  readonly run: (argument: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** @param leaveOut sources of the agent that it has something of its own for */
export async function compiled(source: string, leaveOut: readonly string[]): Promise<CProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  const program = join(folder, 'program');
  await writeFile(join(folder, 'alphabet.h'), alphabetHeader());
  const names = (await readdir(AGENT)).filter((name) => name.endsWith('.c') && !leaveOut.includes(name));
  const sources = [join(import.meta.dirname, source), ...names.map((name) => join(AGENT, name))];
  await run('cc', [...FLAGS, '-I', folder, '-I', AGENT, '-o', program, ...sources]);
  return {
    run: (argument) =>
      run(program, [argument]).then(
        ({ stdout }) => stdout,
        (error: { signal?: string; code?: number }) => error.signal ?? `code ${error.code}`,
      ),
    remove: () => rm(folder, { recursive: true }),
  };
}
