import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alphabetHeader } from './header.js';

const run = promisify(execFile);

const SOURCES = join(import.meta.dirname, 'agent');
const FLAGS = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror'];
/** The last 15 letters of a program's path are what `exec` shows as the process's name. */
export const AGENT_NAME = 'mapahead-agent0';

/** Why there is no agent on this machine, in one line. */
export class NoAgentError extends Error {
  override readonly name = 'NoAgentError';
}

/** Where compiled and fetched files are kept: `$XDG_CACHE_HOME/mapahead`, or `~/.cache/mapahead`. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'mapahead');
}

async function compilerVersion(compiler: string): Promise<string> {
  try {
    return (await run(compiler, ['--version'])).stdout;
  } catch {
    throw new NoAgentError(`no C compiler: '${compiler}' does not run (package gcc or clang)`);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Static where the C library allows it: then the agent also runs as the init of a guest, and seccomp can be narrower. */
async function compileIn(folder: string, compiler: string, files: readonly string[]): Promise<void> {
  const common = [...FLAGS, '-I', folder, '-o', join(folder, AGENT_NAME), ...files];
  try {
    await run(compiler, ['-static', '-no-pie', '-DAGENT_STATIC', ...common]);
  } catch {
    try {
      await run(compiler, common);
    } catch (error) {
      throw new NoAgentError(
        `the agent does not compile (package libc6-dev or glibc-devel?): ${String(error)}`,
      );
    }
  }
}

async function compileInto(
  folder: string,
  compiler: string,
  header: string,
  names: readonly string[],
): Promise<void> {
  const building = await mkdtemp(`${folder}-`);
  try {
    await writeFile(join(building, 'alphabet.h'), header);
    const files = names.filter((name) => name.endsWith('.c')).map((name) => join(SOURCES, name));
    await compileIn(building, compiler, files);
    // Processes of a sequence run as users that own nothing, and execute the agent anew.
    await chmod(building, 0o755);
    await chmod(join(building, AGENT_NAME), 0o755);
    // Two may have compiled at the same time: the one that was there first is as good.
    await rename(building, folder).catch(async (error: unknown) => {
      if (!(await exists(join(folder, AGENT_NAME)))) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/**
 * The agent's program, compiled at first use and kept in `$XDG_CACHE_HOME/mapahead` (`~/.cache/mapahead`) under a
 * name that depends on its sources, the alphabet, the flags and the compiler.
 * @param compiler the C compiler, `cc` or what the variable CC says
 * @throws NoAgentError when it cannot be compiled or kept
 */
export async function agentProgram(compiler = process.env['CC'] ?? 'cc'): Promise<string> {
  const names = (await readdir(SOURCES)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(SOURCES, name), 'utf8')));
  const header = alphabetHeader();
  const key = createHash('sha256')
    .update(JSON.stringify([await compilerVersion(compiler), FLAGS, header, names, texts]))
    .digest('hex')
    .slice(0, 24);
  const folder = join(cacheFolder(), key);
  const program = join(folder, AGENT_NAME);
  if (await exists(program)) return program;
  try {
    await mkdir(cacheFolder(), { recursive: true, mode: 0o755 });
    await compileInto(folder, compiler, header, names);
  } catch (error) {
    if (error instanceof NoAgentError) throw error;
    throw new NoAgentError(`the agent cannot be kept in ${folder}: ${String(error)}`);
  }
  return program;
}
