// Kernels in guests, of which compiler, agent and emulator are scripts.
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoAgentError } from '#model/linux/compile';
import { openGuest } from '#model/linux/guest/guest';
import type { GuestOptions } from '#model/linux/guest/guest-options';
import type { KernelSystem } from '#model/linux/kernel-system';
import { ONE } from '../fake-agent.js';
import { FACTS, greeting, IN_VAIN, Stage } from '../fake-programs.js';
import { LAUNCHER, LIVES, staticProgram, works } from './fake-guests.js';

const IMAGE = { path: '/some/bzImage', release: '6.1.0-fake' };

let stage: Stage;
let guest: KernelSystem | undefined;
let options: GuestOptions;
beforeEach(() => {
  stage = new Stage();
  vi.stubEnv('XDG_CACHE_HOME', stage.path('cache'));
  options = {
    compiler: stage.compiler(staticProgram(stage, 'agent', LAUNCHER)),
    emulator: stage.script('emulator', `echo $$ >> $stage/pids\n${works(stage)}\n${LIVES}`),
    accelerator: 'tcg',
  };
});
afterEach(async () => {
  vi.useRealTimers();
  await guest?.close();
  guest = undefined;
  vi.unstubAllEnvs();
  stage.clear();
});

async function open(more: GuestOptions = {}): Promise<KernelSystem> {
  guest = await openGuest(IMAGE, { ...options, ...more });
  return guest;
}

describe('a guest', IN_VAIN, () => {
  it('has the image, the agent as its only file system, and what was chosen', async () => {
    const system = await open({ paranoid: 1, append: 'quiet' });
    expect(system).toMatchObject({ id: 'linux-6.1.0-fake', machine: 'QEMU, emulated' });
    const [launched, ...more] = stage.lines('launched');
    expect(more).toEqual([]);
    const initramfs = / -initrd (\S+) /.exec(launched)?.[1] ?? '';
    expect(dirname(dirname(initramfs))).toBe(stage.path('cache/mapahead'));
    expect(launched).toContain(`launch ${process.pid} ${options.emulator} -accel tcg`);
    expect(launched).toContain('-kernel /some/bzImage');
    expect(launched).toContain(' quiet -- guest 1 ');
    expect(
      stage.read(join('cache/mapahead', initramfs.slice(stage.path('cache/mapahead').length))),
    ).toContain('mapahead-agent0');
  });

  it('has the machine that was chosen, also when it is started anew', async () => {
    const system = await open({ accelerator: 'kvm' });
    expect(system.machine).toBe('QEMU with KVM');
    const running = system.run([ONE]);
    process.kill(system.agentPids[0], 'SIGKILL');
    expect((await running)[0].ended).toMatch(/^the guest was killed by SIGKILL/);
    void system.run([ONE]).catch(() => undefined);
    // Before, a script has a child that a kill would leave behind.
    await expect.poll(() => stage.lines('trials').length, { interval: 5 }).toBe(2);
    expect(stage.lines('launched')).toHaveLength(2);
    for (const launched of stage.lines('launched')) expect(launched).toContain('-accel kvm');
  });

  it('is one, or as many as are asked for', async () => {
    for (const [agents, guests] of [
      [undefined, 1],
      [2, 2],
    ] as const) {
      const system = await open(agents === undefined ? {} : { agents });
      const running = system.run(Array.from({ length: 20 }, () => ONE)).catch(String);
      await expect.poll(() => system.agentPids.length, { interval: 5 }).toBe(guests);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(system.agentPids.length).toBe(guests);
      await system.close();
      expect(await running).toContain('the System is closed');
    }
  });

  it.each([
    [{ limits: { sequenceMs: 40_000 } }, 70_000],
    [{ patienceMs: 9_000 }, 9_000],
  ])('with %j is given up after %i ms of silence', async (more, ms) => {
    const system = await open(more);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const running = system.run([ONE]);
    vi.advanceTimersByTime(100_000);
    expect((await running)[0].ended).toBe(`the agent was silent for ${ms} ms`);
  });

  it('that runs another kernel than its image says is not used, and ended', async () => {
    works(stage, greeting({ ...FACTS, release: '6.2.0' }));
    await expect(open()).rejects.toThrow(
      new NoAgentError('/some/bzImage says that it is 6.1.0-fake, but its guest runs 6.2.0'),
    );
    const [pid] = stage.lines('pids').map(Number);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('does not start within its time', async () => {
    stage.script('emulator', LIVES);
    await expect(open({ bootMs: 60 })).rejects.toThrow('the guest does not start within 0.06 s');
  });
});
