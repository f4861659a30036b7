// KVM is used where guests start with it, and what was found out is remembered.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withBestAccelerator } from '#model/linux/guest/accelerator';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A device that may be used, and one that is not there. */
const DEVICE = '/dev/null';
const NONE = '/dev/no-such-device';

/** Boots that work, or not, and what they were asked for. */
function boots(works: (how: string) => boolean): {
  readonly boot: (how: string, ms: number) => Promise<string>;
  readonly asked: string[];
} {
  const asked: string[] = [];
  return {
    asked,
    boot: async (how, ms) => {
      asked.push(`${how} ${ms}`);
      if (!works(how)) throw new Error(`${how} does not work`);
      return how;
    },
  };
}

describe('the accelerator', () => {
  it('is KVM where it works, and is then not asked again', async () => {
    const { boot, asked } = boots(() => true);
    for (let i = 0; i < 2; i++) {
      expect(await withBestAccelerator(boot, 60_000, DEVICE)).toEqual({ accelerator: 'kvm', started: 'kvm' });
    }
    expect(asked).toEqual(['kvm 10000', 'kvm 60000']);
  });

  it('is emulation where KVM does not work, and that is remembered', async () => {
    const { boot, asked } = boots((how) => how === 'tcg');
    for (let i = 0; i < 2; i++) {
      expect(await withBestAccelerator(boot, 60_000, DEVICE)).toEqual({ accelerator: 'tcg', started: 'tcg' });
    }
    expect(asked).toEqual(['kvm 10000', 'tcg 60000', 'tcg 60000']);
    const note = await readFile(join(folder, 'mapahead', 'accelerator'), 'utf8');
    expect(note).toBe(`${await readFile('/proc/sys/kernel/random/boot_id', 'utf8')}tcg`);
  });

  it('is emulation where KVM worked and does not any more, and that is remembered', async () => {
    await withBestAccelerator(boots(() => true).boot, 60_000, DEVICE);
    const { boot, asked } = boots((how) => how === 'tcg');
    for (let i = 0; i < 2; i++) {
      expect(await withBestAccelerator(boot, 60_000, DEVICE)).toEqual({ accelerator: 'tcg', started: 'tcg' });
    }
    expect(asked).toEqual(['kvm 60000', 'tcg 60000', 'tcg 60000']);
  });

  it('is not told by a note of an earlier start of the machine', async () => {
    await mkdir(join(folder, 'mapahead'));
    await writeFile(join(folder, 'mapahead', 'accelerator'), 'another-start\ntcg');
    const { boot, asked } = boots(() => true);
    for (let i = 0; i < 2; i++) await withBestAccelerator(boot, 60_000, DEVICE);
    expect(asked).toEqual(['kvm 10000', 'kvm 60000']);
  });

  it.each([
    ['the folder', () => writeFile(join(folder, 'mapahead'), 'a file')],
    ['the note', () => mkdir(join(folder, 'mapahead', 'accelerator'), { recursive: true })],
  ])('is found out anew where %s cannot be written, and nothing is left', async (_, spoil) => {
    await spoil();
    const before = await readdir(folder, { recursive: true });
    const { boot, asked } = boots(() => true);
    for (let i = 0; i < 2; i++) {
      expect(await withBestAccelerator(boot, 60_000, DEVICE)).toEqual({ accelerator: 'kvm', started: 'kvm' });
    }
    expect(asked).toEqual(['kvm 10000', 'kvm 10000']);
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });

  it('is not judged by a guest that does not start at all', async () => {
    const { boot, asked } = boots(() => false);
    for (let i = 0; i < 2; i++) {
      await expect(withBestAccelerator(boot, 5_000, DEVICE)).rejects.toThrow('tcg does not work');
    }
    expect(asked).toEqual(['kvm 5000', 'tcg 5000', 'kvm 5000', 'tcg 5000']);
  });

  it('is emulation where KVM may not be used', async () => {
    const { boot, asked } = boots(() => true);
    expect((await withBestAccelerator(boot, 60_000, NONE)).accelerator).toBe('tcg');
    expect(asked).toEqual(['tcg 60000']);
  });
});
