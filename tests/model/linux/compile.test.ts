// The agent's program: compiled once, kept, and if it cannot be had, why not.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AGENT_NAME, agentProgram, NoAgentError } from '#model/linux/compile';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A compiler that notes its calls, and fails as the shell condition says. */
async function compiler(failsWhen: string): Promise<{ path: string; calls: () => Promise<string[]> }> {
  const path = join(folder, 'compiler');
  const log = join(folder, 'calls');
  const script = `#!/bin/sh\necho "$@" >> ${log}\nif ${failsWhen}; then echo broken >&2; exit 1; fi\nexec cc "$@"\n`;
  await writeFile(path, script, { mode: 0o755 });
  await writeFile(log, '');
  return { path, calls: async () => (await readFile(log, 'utf8')).split('\n').filter(Boolean) };
}

it('is compiled at first use only', async () => {
  const { path, calls } = await compiler('false');
  const program = await agentProgram(path);
  expect(basename(program)).toBe(AGENT_NAME);
  expect((await stat(program)).mode & 0o777).toBe(0o755);
  expect((await stat(dirname(program))).mode & 0o777).toBe(0o755);
  const before = await calls();
  expect(await agentProgram(path)).toBe(program);
  // Its version is asked each time: another compiler makes another program.
  expect((await calls()).slice(before.length)).toEqual(['--version']);
}, 60_000);

it('is one when two compile it at the same time', async () => {
  const [one, other] = await Promise.all([agentProgram(), agentProgram()]);
  expect(one).toBe(other);
  expect(await readdir(join(folder, 'mapahead'))).toEqual([basename(dirname(one ?? ''))]);
}, 60_000);

it('is linked dynamically where it cannot be static', async () => {
  const { path, calls } = await compiler('[ "$1" = -static ]');
  const program = await agentProgram(path);
  expect((await stat(program)).size).toBeLessThan(200_000);
  expect(await calls()).toHaveLength(3);
}, 60_000);

it('names the package where there is no compiler', async () => {
  await expect(agentProgram(join(folder, 'missing'))).rejects.toThrow(
    /no C compiler: .*package gcc or clang/,
  );
  await expect(agentProgram(join(folder, 'missing'))).rejects.toBeInstanceOf(NoAgentError);
});

it('says what the compiler said', async () => {
  const { path } = await compiler('[ "$1" != --version ]');
  await expect(agentProgram(path)).rejects.toThrow(/does not compile .*libc6-dev[\s\S]*broken/);
  expect(await readdir(join(folder, 'mapahead'))).toEqual([]);
});

it('says where it cannot be kept', async () => {
  await writeFile(join(folder, 'mapahead'), 'a file');
  await expect(agentProgram()).rejects.toThrow(`cannot be kept in ${folder}`);
});

it('is not taken for one when something else has its name', async () => {
  const program = await agentProgram();
  await rm(program);
  await mkdir(join(dirname(program), 'other'));
  await expect(agentProgram()).rejects.toThrow(NoAgentError);
}, 60_000);

it('is kept in the home folder when the variable says nothing, or no absolute path', async () => {
  vi.stubEnv('HOME', folder);
  vi.stubEnv('CC', 'cc');
  for (const value of [undefined, 'relative']) {
    vi.stubEnv('XDG_CACHE_HOME', value);
    expect(await agentProgram()).toMatch(new RegExp(`^${folder}/\\.cache/mapahead/`));
  }
}, 60_000);
