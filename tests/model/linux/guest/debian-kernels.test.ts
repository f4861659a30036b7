// Debian's kernels in QEMU, from their packages to a verdict. In the pipeline they have to run.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KernelSystem } from '#model/linux/kernel-system';
import { openKernel } from '#model/linux/kernels';
import { reportSchema } from '#reports/json/schema';
import { eventually, isAlive } from '../raw-agent.js';
import { pack, pairs, type Step } from '../story.js';
import { commanded } from './qmp.js';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../../..');

/** A boot may have to wait for a download, and for a busy machine. */
const BOOT_MS = 300_000;
const RUNS = 250;

/** A kernel, or why there is none here. */
async function kernelOrReason(name: string): Promise<KernelSystem | string> {
  try {
    return await openKernel(name, { gift: 5, rlimit: 6 });
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    return String(error);
  }
}

/** Neither passes nor fails, and says so; nothing else may be concluded from it. */
function isNotChecked(name: string, kernel: KernelSystem | string | undefined): kernel is string {
  if (typeof kernel !== 'string') return false;
  process.stderr.write(`\nWARNING: ${name} WAS NOT CHECKED: ${kernel}\n\n`);
  return true;
}

const DONTNEED: Step[] = [
  ['open', 0, { fd: 0 }],
  ['mmap', 0, { fd: 0, page: 0, npages: 2, prot: 3 }],
  ['load', 0, { page: 1 }],
  ['madvise', 0, { page: 0, npages: 2, advice: 'DONTNEED' }],
];

describe.each([
  ['debian:6.1', /^linux-6\.1\.0-\d+-cloud-amd64$/],
  ['debian:6.12', /^linux-6\.12\.\d+.*-cloud-amd64$/],
])('%s', (name, id) => {
  let kernel: KernelSystem | string | undefined;
  beforeAll(async () => {
    kernel = await kernelOrReason(name);
  }, BOOT_MS);
  afterAll(() => (typeof kernel === 'object' ? kernel.close() : undefined));

  it('is the kernel that it says, and does what perf did before it mapped pages in advance', async () => {
    if (kernel === undefined || isNotChecked(name, kernel)) return;
    expect(kernel.id).toMatch(id);
    expect(kernel.facts).toMatchObject({ privileged: true, paranoid: 2, aux: 'none', cpus: 2 });
    expect((await pairs(kernel, DONTNEED)).at(-1)).toEqual([0, 0]);
  }, 60_000);

  it(`agrees with its specification over ${RUNS} random sequences`, async () => {
    if (kernel === undefined || isNotChecked(name, kernel)) return;
    const args = [
      'check',
      '--design',
      'advance',
      '--kernel',
      name,
      '--seed',
      '20261123',
      '--runs',
      `${RUNS}`,
    ];
    const { stdout } = await run(process.execPath, ['dist/cli/main.js', ...args, '--json'], { cwd: ROOT });
    const { verdicts } = reportSchema.parse(JSON.parse(stdout));
    const verdict = verdicts.find(({ system }) => id.test(system));
    expect(verdict?.counterexample?.failure).toBeUndefined();
    expect(verdict).toMatchObject({ outcome: 'passed', sequences: RUNS });
    expect(verdict?.operations).toBeGreaterThan(RUNS * 25);
  }, 300_000);
});

describe('a guest of a real kernel', () => {
  const name = 'debian:6.12';
  const busy = pack(Array.from({ length: 3000 }, (): Step => ['record', 0, { count: 200 }]));
  const short = pack([['munlockall', 0]]);
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('that panics is a finding, that hangs is given up, and that is killed starts anew', async () => {
    const { emulator, command } = await commanded(folder);
    const options = { emulator, append: 'unknown_nmi_panic', patienceMs: 15_000 };
    const kernel = await openKernel(name, options).catch((error: unknown) => {
      if (process.env['CI'] !== undefined) throw error;
      return String(error);
    });
    if (isNotChecked(name, kernel)) return;
    const plants: readonly (readonly [plant: () => Promise<void> | boolean, shows: RegExp])[] = [
      [() => command('inject-nmi'), /^the kernel said: Kernel panic - not syncing: NMI/],
      [() => command('stop'), /^the agent was silent for 15000 ms$/],
      [() => process.kill(kernel.agentPids[0] ?? NaN, 'SIGKILL'), /^the guest was killed by SIGKILL/],
    ];
    for (const [plant, shows] of plants) {
      expect(await kernel.run([short])).toMatchObject([{ steps: 1 }]);
      const running = kernel.run([busy, short]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await plant();
      const [lost, other] = await running;
      expect(lost?.ended).toMatch(shows);
      expect(other).toEqual({ obs: Int32Array.of(0, 0), steps: 1 });
    }
    const [pid = NaN] = kernel.agentPids;
    expect(isAlive(pid)).toBe(true);
    await kernel.close();
    await eventually(() => (isAlive(pid) ? undefined : true));
  }, 600_000);
});
