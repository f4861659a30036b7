// Machines that deny the agent a system call, as containers do: one line says which.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { ERRNO } from '#model/alphabet/errno';
import { agentProgram } from '#model/linux/compile';
import { probeHost } from '#model/linux/host';

const run = promisify(execFile);
const CALL = { setresuid: 117, sched_setaffinity: 203, perf_event_open: 298, seccomp: 317, mmap: 9 };

let folder: string;
let agent: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  agent = await agentProgram();
  await run('cc', ['-o', join(folder, 'deny'), join(import.meta.dirname, 'deny.c')]);
}, 60_000);
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rm(folder, { recursive: true }));

/** What the probe says when the agent's program is one that denies it this call. */
async function probeWithout(call: keyof typeof CALL): Promise<unknown> {
  const script = join(folder, call);
  await writeFile(script, `#!/bin/sh\nexec ${folder}/deny ${CALL[call]} ${ERRNO.EPERM} ${agent}\n`, {
    mode: 0o755,
  });
  const compiler = join(folder, `compile-${call}`);
  const copies = `#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = -o ] && cp ${script} "$2"; shift; done\necho ${call}\n`;
  await writeFile(compiler, copies, { mode: 0o755 });
  vi.stubEnv('XDG_CACHE_HOME', join(folder, `cache-${call}`));
  return probeHost({ compiler });
}

it('without setresuid, root has to run it as an ordinary user, who does not need it', async () => {
  const isRoot = process.getuid?.() === 0;
  const reason = 'root cannot become another user here: run it as an ordinary user';
  const answer = isRoot ? { ok: false, reason } : { ok: false, reason: expect.stringContaining('exec') };
  expect(await probeWithout('setresuid')).toEqual(answer);
});

it.each([
  ['perf_event_open', /^perf_event_open is denied \(errno 1\): kernel.perf_event_paranoid is -?\d+$/],
  ['sched_setaffinity', /^CPU 0 may not be used here$/],
  ['seccomp', /^operation 0: seccomp: errno 1$/],
  ['mmap', /^the agent ended with code 79$/],
] as const)('without %s', async (call, reason) => {
  expect(await probeWithout(call)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
});
