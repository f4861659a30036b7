// The agent's program, by a real compiler: compiled once, and kept.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AGENT_NAME, agentProgram } from '#model/linux/compile';

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
