// Guests that panic, complain, hang, die, or speak nonsense: what happens to the sequence at hand, and to the others.
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Recording } from '#model/alphabet/system';
import { openGuest } from '#model/linux/guest/guest';
import type { GuestOptions } from '#model/linux/guest/guest-options';
import type { KernelSystem } from '#model/linux/kernel-system';
import { pack } from '../story.js';
import { ALARM_LINES } from './logs.js';

const EMULATOR = join(import.meta.dirname, 'fake-emulator.mjs');
const IMAGE = { path: '/fake/bzImage', release: '6.1.0-fake' };
const CULPRIT = pack([
  ['gift', 0, { pages: 1 }],
  ['munlockall', 0],
]);
const ONE = pack([['munlockall', 0]]);

let guest: KernelSystem | undefined;
afterEach(() => guest?.close());

/** @param words what the kernel is to say */
async function open(fake: string, words = '', options: GuestOptions = {}): Promise<KernelSystem> {
  const append = `fake=${fake}:${encodeURIComponent(words)}`;
  guest = await openGuest(IMAGE, { emulator: EMULATOR, accelerator: 'tcg', append, ...options });
  return guest;
}

const goodOnes = (recordings: readonly Recording[]): number =>
  recordings.filter(({ steps, ended }) => steps === 1 && ended === undefined).length;

/** The culprit among innocent ones: those must all be answered, by one boot or another. */
async function runAmongOthers(kernel: KernelSystem): Promise<Recording | undefined> {
  const recordings = await kernel.run([ONE, ONE, CULPRIT, ONE, ONE, ONE]);
  expect(goodOnes(recordings)).toBe(5);
  return recordings[2];
}

describe('a guest', () => {
  it('answers thousands of sequences in one boot', async () => {
    const kernel = await open('clean');
    const pids = kernel.agentPids;
    const recordings = await kernel.run(Array.from({ length: 3000 }, () => ONE));
    expect(goodOnes(recordings)).toBe(3000);
    expect(new Set(recordings.map(({ obs }) => obs[1])).size).toBe(3000);
    expect(kernel.agentPids).toEqual(pids);
    expect(kernel).toMatchObject({ id: 'linux-6.1.0-fake', machine: 'QEMU, emulated' });
  });

  it('takes programs that are longer than what it may have before it', async () => {
    const kernel = await open('clean');
    const long = pack(Array.from({ length: 9000 }, () => ['munlockall', 0] as const));
    const recordings = await kernel.run([long, ONE, long, long]);
    expect(recordings.map(({ steps }) => steps)).toEqual([9000, 1, 9000, 9000]);
  });

  it('is believed only when its console has said the end of the sequence', async () => {
    const kernel = await open('slow-console');
    const start = performance.now();
    expect(goodOnes(await kernel.run([ONE]))).toBe(1);
    expect(performance.now() - start).toBeGreaterThan(150);
  });
});

describe('a kernel that is wrong', () => {
  it.each(ALARM_LINES)('(%s) and stops: the sequence at hand did it: %s', async (_, line) => {
    const kernel = await open('panic', line);
    const [before] = kernel.agentPids;
    const culprit = await runAmongOthers(kernel);
    expect(culprit?.steps).toBe(1);
    expect(culprit?.ended).toMatch(/^the kernel said: .{10,}$/);
    expect(culprit?.ended).toContain('perf_mmap_close');
    expect(culprit?.alarm?.at(-1)).toMatch(/^Kernel panic - not syncing/);
    expect(kernel.agentPids).not.toEqual([before]);
  });

  it('and goes on: its answer does not count', async () => {
    const culprit = await runAmongOthers(await open('complain', 'BUG: Bad page state in process x'));
    expect(culprit).toMatchObject({
      steps: 2,
      ended: 'the kernel said: BUG: Bad page state in process x',
      alarm: ['BUG: Bad page state in process x'],
    });
  });

  it('after its last answer: nothing more is asked of it', async () => {
    const kernel = await open('late', 'BUG: Bad rss-counter state');
    expect((await kernel.run([CULPRIT]))[0]?.ended).toBeUndefined();
    await expect.poll(() => kernel.agentPids, { timeout: 20_000 }).toEqual([]);
    await expect(kernel.run([ONE])).rejects.toThrow(
      'after its last answer the kernel said: BUG: Bad rss-counter state',
    );
  });

  it('again and again: the search ends', async () => {
    const kernel = await open('panic', 'BUG: x');
    await expect(kernel.run(Array.from({ length: 5 }, () => CULPRIT))).rejects.toThrow(
      'the kernel said: BUG: x (in perf_mmap_close), again and again',
    );
  }, 60_000);
});

describe('a guest that', () => {
  it('hangs is given up after its time', async () => {
    // A machine that is busy takes its time to start another one.
    const culprit = await runAmongOthers(await open('hang', '', { patienceMs: 1000 }));
    expect(culprit).toMatchObject({ steps: 0, ended: 'the agent was silent for 1000 ms' });
  });

  it('dies says how', async () => {
    const culprit = await runAmongOthers(await open('die'));
    expect(culprit?.ended).toMatch(/^the guest ended with code 3; its last words: .+$/);
  });

  it('is killed says how', async () => {
    const kernel = await open('hang');
    const running = kernel.run([CULPRIT, ONE]);
    process.kill(kernel.agentPids[0] ?? NaN, 'SIGKILL');
    // It is gone before this process knows, and what is sent to it fails.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    const more = kernel.run([ONE, ONE, ONE]);
    const [lost, other] = await running;
    expect(goodOnes(await more)).toBe(3);
    expect(lost?.ended).toMatch(/^the guest was killed by SIGKILL; its last words: .+$/);
    expect(other?.ended).toBeUndefined();
  });

  it('speaks nonsense is not listened to', async () => {
    const culprit = await runAmongOthers(await open('noise'));
    expect(culprit?.ended).toBe(
      'the guest was killed by SIGKILL; its last words: the agent does not speak in frames',
    );
  });

  it('cannot kill a process says so', async () => {
    const culprit = await runAmongOthers(await open('stuck'));
    expect(culprit).toMatchObject({
      steps: 2,
      ended: 'operation 1 (exit) did not end within 5 ms; cannot be killed',
    });
  });
});

describe('a guest that does not start', () => {
  it.each([
    [
      'boot-panic',
      'the guest ended with code 0; its last words: Kernel panic - not syncing: VFS: Unable to mount root fs',
    ],
    ['boot-refused', 'the guest ended with code 0; its last words: /dev/ttyS1: errno 6'],
    ['boot-complaint', 'the guest ended with code 1; its last words: qemu: could not load kernel'],
  ])('(%s) says why', async (fake, why) => {
    await expect(open(fake)).rejects.toThrow(`the guest does not start: ${why}`);
  });

  it('because perf is missing says so', async () => {
    await expect(open('boot-broken')).rejects.toThrow(/^perf_event_open is denied \(errno 38\)$/);
  });

  it('in time is given up', async () => {
    await expect(open('boot-silence', '', { bootMs: 2000 })).rejects.toThrow(
      /^the guest does not start within 2 s; its last words: WARNING: CPU: N PID: N at arch/,
    );
  });

  it('because there is no emulator says what to install', async () => {
    await expect(open('clean', '', { emulator: 'no-such-emulator' })).rejects.toThrow(
      'no-such-emulator: No such file or directory',
    );
  });
});

it('the emulator may be named by a variable, and KVM is used where it is there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
  vi.stubEnv('MAPAHEAD_QEMU', EMULATOR);
  const kernel = await openGuest(IMAGE);
  const machines = { kvm: 'QEMU with KVM', tcg: 'QEMU, emulated' };
  const device = await access('/dev/kvm', constants.R_OK | constants.W_OK).then(
    () => machines.kvm,
    () => machines.tcg,
  );
  expect(kernel.machine).toBe(device);
  await kernel.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
}, 60_000);

it('a guest that runs another kernel than its image says is not used', async () => {
  const image = { ...IMAGE, release: '6.12.0' };
  await expect(openGuest(image, { emulator: EMULATOR, accelerator: 'tcg' })).rejects.toThrow(
    '/fake/bzImage says that it is 6.12.0, but its guest runs 6.1.0-fake',
  );
});
