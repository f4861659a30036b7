// The file system of a guest: written once, and if it cannot be, why not.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AGENT_NAME, agentProgram } from '#model/linux/compile';
import { openGuest } from '#model/linux/guest/guest';
import { initramfsOf } from '#model/linux/guest/initramfs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('holds the agent, its folders and devices, and nothing else', async () => {
  const program = await agentProgram();
  const archive = await readFile(await initramfsOf(program));
  const names = [...archive.toString('latin1').matchAll(/070701[0-9A-Fa-f]{104}([\w/-]+|TRAILER!!!)\0/g)];
  expect(names.map(([, name]) => name)).toEqual([
    ...['dev', 'dev/console', 'dev/kmsg', 'dev/null', 'dev/ttyS1', 'proc', 'sys', AGENT_NAME, 'TRAILER!!!'],
  ]);
  expect(archive.includes(await readFile(program))).toBe(true);
  expect(await readFile(await initramfsOf(program))).toEqual(archive);
}, 60_000);

it('needs a static agent', async () => {
  vi.stubEnv('XDG_CACHE_HOME', folder);
  const compiler = join(folder, 'compiler');
  await writeFile(compiler, '#!/bin/sh\n[ "$1" = -static ] && exit 1\nexec cc "$@"\n', { mode: 0o755 });
  await expect(openGuest({ path: '/fake', release: '6.1.0' }, { compiler })).rejects.toThrow(
    'what runs in a guest must be static: install the static C library',
  );
}, 60_000);

it('says when it cannot be kept', async () => {
  const place = join(folder, 'place');
  const program = join(place, AGENT_NAME);
  await mkdir(place);
  await writeFile(program, await readFile(await agentProgram()));
  // A folder in its place: so that it fails for root, too.
  await mkdir(join(place, `initramfs.cpio.${process.pid}`));
  await expect(initramfsOf(program)).rejects.toThrow(/^the guest's file system cannot be kept: .*EISDIR/);
}, 60_000);
