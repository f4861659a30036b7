// Users when there are few: an agent takes more, and says when there are none.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type HostSystem, openHost } from '#model/linux/host';
import { byPrivilege, pack, type Step } from './story.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rm(folder, { recursive: true }));

/** A host whose agent knows so few users. */
async function withUsers(ranges: number, users: number): Promise<HostSystem> {
  const compiler = join(folder, `cc-${ranges}-${users}`);
  const script = `#!/bin/sh\nexec cc "$@" -DRANGES=${ranges}u -DRANGE_UIDS=${users}u\n`;
  await writeFile(compiler, script, { mode: 0o755 });
  vi.stubEnv('XDG_CACHE_HOME', join(folder, `cache-${ranges}-${users}`));
  return openHost({ compiler, agents: 1 });
}

const steps: Step[] = [
  ['setuid', 0, { user: 1 }],
  ['headroom', 0],
];
const traces = Array.from({ length: 10 }, () => pack(steps));

it('another range follows one that is used up', async () => {
  const host = await withUsers(128, 5);
  const recordings = await host.run(traces);
  expect(recordings.map(({ steps }) => steps)).toEqual(traces.map(() => 2));
  expect(recordings.filter(({ ended }) => ended !== undefined)).toEqual([]);
  await host.close();
}, 60_000);

it('a sequence without a user is not run', async () => {
  const few = await withUsers(60, 1);
  const recordings = await few.run(Array.from({ length: 40 }, () => pack(steps)));
  const last = recordings.at(-1);
  expect(last?.ended).toBe(byPrivilege(few, 'no uids are free', undefined));
  expect(last?.steps).toBe(byPrivilege(few, 0, 2));
  await few.close();
}, 60_000);
