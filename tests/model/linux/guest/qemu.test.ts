import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AGENT_NAME } from '#model/linux/compile';
import { bootingOf } from '#model/linux/guest/booting';
import type { GuestOptions } from '#model/linux/guest/guest-options';
import { CHANNEL_FD, CONSOLE_FD, type Machine, qemuArguments } from '#model/linux/guest/qemu';

const MACHINE: Machine = {
  kernel: '/the/bzImage',
  initramfs: '/the/initramfs',
  accelerator: 'tcg',
  paranoid: 2,
  task: 'guest',
  append: '',
};

/** The value that follows each option, of all that are given under this name. */
function given(args: readonly string[], option: string): (string | undefined)[] {
  return args.flatMap((arg, i) => (arg === option ? [args[i + 1]] : []));
}

const wordsOf = (machine: Partial<Machine>): string[] =>
  (given(qemuArguments({ ...MACHINE, ...machine }), '-append')[0] ?? '').split(' ');

describe('the machine of a guest', () => {
  it('has two processors, the kernel and its file system, and no other file of this machine', () => {
    const args = qemuArguments(MACHINE);
    expect(given(args, '-kernel')).toEqual([MACHINE.kernel]);
    expect(given(args, '-initrd')).toEqual([MACHINE.initramfs]);
    expect(given(args, '-smp')).toEqual(['2']);
    expect(given(args, '-m')).toEqual(['512']);
    expect(given(args, '-display')).toEqual(['none']);
    for (const flag of ['-nodefaults', '-no-user-config', '-no-reboot']) expect(args).toContain(flag);
    expect(args.filter((arg) => arg.startsWith('/'))).toEqual([MACHINE.kernel, MACHINE.initramfs]);
  });

  it('has the console at its first serial line and the channel at its second', () => {
    const args = qemuArguments(MACHINE);
    expect(given(args, '-serial')).toEqual(['chardev:console', 'chardev:channel']);
    expect(given(args, '-chardev')).toEqual([
      `socket,id=console,fd=${CONSOLE_FD}`,
      `socket,id=channel,fd=${CHANNEL_FD}`,
    ]);
  });

  it('has no protection keys, and emulated no string instructions that go byte by byte', () => {
    const features = (accelerator: Machine['accelerator']) => {
      const args = qemuArguments({ ...MACHINE, accelerator });
      return [given(args, '-accel'), given(args, '-cpu')];
    };
    expect(features('tcg')).toEqual([['tcg,thread=multi'], ['max,-pku,-erms,-fsrm']]);
    expect(features('kvm')).toEqual([['kvm'], ['max,-pku']]);
  });

  it('runs the agent as its only program, and ends with a panic', () => {
    const words = wordsOf({ task: 'programs', paranoid: -1 });
    expect(words).toContain(`rdinit=/${AGENT_NAME}`);
    expect(words).toContain('panic=-1');
    expect(words.slice(-3)).toEqual(['--', 'programs', '-1']);
  });

  it('says warnings and worse on the first serial line, all of them and without times', () => {
    const log = ['console=ttyS0', 'loglevel=5', 'printk.time=0', 'printk.devkmsg=on'];
    expect(wordsOf({})).toEqual(expect.arrayContaining(log));
  });

  it('gets further parameters where the kernel reads them', () => {
    const words = wordsOf({ append: 'kasan.fault=panic debug' });
    expect(words.indexOf('debug')).toBe(words.indexOf('kasan.fault=panic') + 1);
    expect(words.indexOf('debug')).toBe(words.indexOf('--') - 1);
    expect(wordsOf({})).not.toContain('');
  });
});

describe('what is started', () => {
  let folder: string;
  beforeEach(async () => {
    // Where it is noted which accelerator works: nothing is started here that could tell.
    folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
    vi.stubEnv('XDG_CACHE_HOME', folder);
    vi.stubEnv('MAPAHEAD_QEMU', undefined);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  const booting = (options: GuestOptions) =>
    bootingOf({ path: MACHINE.kernel, release: '6.12.0' }, MACHINE.initramfs, 'guest', options);

  it('is the emulator that was asked for, that of the variable, or the usual one', () => {
    expect(booting({}).program).toBe('qemu-system-x86_64');
    vi.stubEnv('MAPAHEAD_QEMU', '/opt/qemu');
    expect(booting({}).program).toBe('/opt/qemu');
    expect(booting({ emulator: 'mine' }).program).toBe('mine');
  });

  it('is a machine of what was chosen, else of what kernels have', async () => {
    const asked: [readonly string[], number][] = [];
    const start = async (command: readonly string[], longestMs: number) => asked.push([command, longestMs]);
    const chosen = { accelerator: 'kvm', paranoid: 1, append: 'debug', bootMs: 7 } as const;
    expect(await booting(chosen).boot(start)).toEqual({ accelerator: 'kvm', started: 1 });
    expect(await booting({}).boot(start, 'tcg')).toEqual({ accelerator: 'tcg', started: 2 });
    // What is known of the machine counts more than what was asked for.
    expect(await booting({ accelerator: 'kvm' }).boot(start, 'tcg')).toMatchObject({ accelerator: 'tcg' });
    expect(asked).toEqual([
      [qemuArguments({ ...MACHINE, accelerator: 'kvm', paranoid: 1, append: 'debug' }), 7],
      [qemuArguments(MACHINE), 120_000],
      [qemuArguments(MACHINE), 120_000],
    ]);
  });

  it('has the best accelerator where nothing says which', async () => {
    const { accelerator, started } = await booting({ bootMs: 9000 }).boot(async (command, longestMs) => {
      expect(longestMs).toBe(9000);
      return command;
    });
    expect(['kvm', 'tcg']).toContain(accelerator);
    expect(started).toEqual(qemuArguments({ ...MACHINE, accelerator }));
  });
});
