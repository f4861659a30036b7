// Programs in a guest, from a Debian kernel's start to what each of them came to.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { agentProgram } from '#model/linux/compile';
import type { KernelImage } from '#model/linux/guest/bzimage';
import { runInGuest } from '#model/linux/guest/guest-programs';
import { imageOf } from '#model/linux/kernels';
import { Workshop } from '../../../support/c-compiler.js';

const workshops = { static: new Workshop(['-static']), dynamic: new Workshop() };
afterAll(() => {
  for (const workshop of Object.values(workshops)) workshop.clear();
});

const HEADERS = ['fcntl.h', 'stdio.h', 'stdlib.h', 'unistd.h'].map((name) => `#include <${name}>\n`).join('');

/** A program of this body of `main`. */
function program(body: string, linked: keyof typeof workshops = 'static'): string {
  return workshops[linked].compile(`${HEADERS}int main(void) {${body}}\n`);
}

const RUN_MS = 300_000;

describe('programs in a guest', () => {
  let image: KernelImage | undefined;
  beforeAll(async () => {
    try {
      image = await imageOf('debian:6.12');
    } catch (error) {
      if (process.env['CI'] !== undefined) throw error;
      process.stderr.write(`\nWARNING: PROGRAMS IN A GUEST WERE NOT CHECKED: ${String(error)}\n\n`);
    }
  }, RUN_MS);

  it(
    'run alone, as root, and each is told: what it said, its code or signal; the kernel that one breaks, too',
    async () => {
      if (image === undefined) return;
      const long = 'x'.repeat(250);
      const runs = await runInGuest(image, [
        program('puts("one"); puts("two"); return getuid() != 0;'),
        program(`puts("${long}"); fflush(stdout); fprintf(stderr, "and then"); return 7;`),
        program('puts("before"); fflush(stdout); abort();'),
        program('if (fork() == 0) for (;;) pause(); return 0;'),
        program('int fd = open("/proc/sysrq-trigger", O_WRONLY); return write(fd, "c", 1) == 1 ? 0 : 9;'),
        program('return access("/said", F_OK) == 0 ? 0 : 1;'),
      ]);
      const [, , , , crash] = runs;
      expect(runs.filter((run) => run !== crash)).toEqual([
        { exitCode: 0, said: ['one', 'two'], alarm: [] },
        { exitCode: 7, said: [long, 'and then'], alarm: [] },
        { exitCode: undefined, said: ['before', 'killed by signal 6'], alarm: [] },
        { exitCode: 0, said: [], alarm: [] },
        { exitCode: 0, said: [], alarm: [] },
      ]);
      expect(crash.exitCode).toBeUndefined();
      expect(crash.said).toEqual([expect.stringMatching(/^the kernel said: .*sysrq|NULL pointer|panic/i)]);
      expect(crash.alarm.length).toBeGreaterThan(1);
    },
    RUN_MS,
  );

  it('must be static', async () => {
    const image: KernelImage = { path: '/no/such/image', release: '6.12.0' };
    const dynamic = program('return 0;', 'dynamic');
    await expect(runInGuest(image, [dynamic])).rejects.toThrow('must be static');
  });

  it('without a guest are not run: one line says why', async () => {
    const image: KernelImage = { path: '/no/such/image', release: '6.12.0' };
    const options = { accelerator: 'tcg', emulator: 'no-such-emulator' } as const;
    const fine = program('return 0;');
    await expect(runInGuest(image, [fine], options)).rejects.toThrow(
      /does not start: no-such-emulator: No such file/,
    );
    await expect(runInGuest(image, [fine], { accelerator: 'tcg' })).rejects.toThrow(
      /does not start: .*no\/such\/image/,
    );
  });

  it('are not run where QEMU cannot be started', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mapahead-programs-'));
    vi.stubEnv('XDG_CACHE_HOME', folder);
    try {
      await chmod(await agentProgram(), 0o644);
      const image: KernelImage = { path: '/no/such/image', release: '6.12.0' };
      const run = runInGuest(image, [program('return 0;')], { accelerator: 'tcg' });
      await expect(run).rejects.toThrow(/does not start: spawn .* EACCES/);
    } finally {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    }
  });
});
