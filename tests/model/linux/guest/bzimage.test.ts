import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KernelImageError, readKernelImage } from '#model/linux/guest/bzimage';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The smallest file that passes for an image. */
function image(version = '6.1.0-56-cloud-amd64 (debian-kernel@lists) #1 SMP'): Buffer {
  const bytes = Buffer.alloc(0x1000);
  bytes.writeUInt8(4, 0x1f1);
  bytes.write('HdrS', 0x202, 'latin1');
  bytes.writeUInt16LE(0x400, 0x20e);
  bytes.writeUInt16LE(1, 0x236);
  bytes.write(version, 0x600, 'latin1');
  return bytes;
}

async function read(bytes: Buffer): Promise<unknown> {
  const path = join(folder, 'image');
  await writeFile(path, bytes);
  return readKernelImage(path);
}

const changed = (change: (bytes: Buffer) => void): Buffer => {
  const bytes = image();
  change(bytes);
  return bytes;
};

describe('a kernel image', () => {
  it.each([
    ['6.1.0-56-cloud-amd64 (debian-kernel@lists) #1 SMP', '6.1.0-56-cloud-amd64'],
    ['6.19.0-rc3+ (me@here) #7', '6.19.0-rc3+'],
    ['7.0.0\0rest', '7.0.0'],
    ['10.21', '10.21'],
  ])('that says %j is release %s', async (version, release) => {
    expect(await read(image(version))).toEqual({ path: join(folder, 'image'), release });
  });

  it.each([
    ['empty', Buffer.alloc(0), 'too short (0 bytes)'],
    ['cut', image().subarray(0, 0x240), 'too short (576 bytes)'],
    [
      'a vmlinux',
      Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(5000)]),
      'an ELF file; arch/x86/boot/bzImage',
    ],
    ['a gzip', Buffer.concat([Buffer.from('1f8b0800', 'hex'), Buffer.alloc(5000)]), 'compressed by gzip'],
    ['a zstd', Buffer.concat([Buffer.from('28b52ffd', 'hex'), Buffer.alloc(5000)]), 'compressed by zstd'],
    ['an xz', Buffer.concat([Buffer.from('fd377a585a00', 'hex'), Buffer.alloc(5000)]), 'compressed by xz'],
    ['cut by one byte', image().subarray(0, 0x267), 'too short (615 bytes)'],
    ['without a version at all', image('\0'), 'damaged: it does not say its version'],
    ['of a version of one number', image('6 (me@here)'), 'damaged: it does not say its version'],
    ['of a version that does not begin with a number', image('v6.1'), 'damaged: it does not say its version'],
    ['of a version that goes on strangely', image('6.1/x'), 'damaged: it does not say its version'],
    [
      'with a pointer just beyond its setup',
      changed((bytes) => {
        bytes.writeUInt16LE(4 * 512, 0x20e);
        bytes.write('6.1.0\0', 5 * 512, 'latin1');
      }),
      'damaged: it does not say its version',
    ],
    ['text', Buffer.alloc(5000, 'text'), 'without the mark "HdrS" of one'],
    ['of 32 bits', changed((bytes) => bytes.writeUInt16LE(0, 0x236)), 'of a 32-bit kernel'],
    ['without a version', image('\u001b[31m 6.1'), 'damaged: it does not say its version'],
    ['with a pointer beyond its setup', changed((bytes) => bytes.writeUInt8(1, 0x1f1)), 'damaged'],
    ['with a pointer beyond its end', changed((bytes) => bytes.writeUInt16LE(0xffff, 0x20e)), 'damaged'],
  ])('that is %s is refused', async (_, bytes, why) => {
    const reading = read(bytes);
    await expect(reading).rejects.toBeInstanceOf(KernelImageError);
    await expect(reading).rejects.toThrow(`${join(folder, 'image')} is no bzImage: it is ${why}`);
  });

  it('that is not there, or a folder, is refused', async () => {
    await expect(readKernelImage(join(folder, 'none'))).rejects.toThrow(
      'the kernel image cannot be read: ENOENT',
    );
    await expect(readKernelImage(folder)).rejects.toThrow('the kernel image cannot be read: EISDIR');
  });

  it('is closed again', async () => {
    const open = async (): Promise<number> => (await readdir('/proc/self/fd')).length;
    await read(image());
    const before = await open();
    for (let i = 0; i < 5; i++) await read(image());
    expect(await open()).toBeLessThan(before + 5);
  });

  it('may end with its header and version', async () => {
    const bytes = image('6.1.0');
    bytes.writeUInt16LE(0x60, 0x20e);
    bytes.write('6.12.0\0', 0x260, 'latin1');
    expect(await read(bytes.subarray(0, 0x268))).toMatchObject({ release: '6.12.0' });
  });

  it('may have flags beside that of 64 bits', async () => {
    expect(await read(changed((bytes) => bytes.writeUInt16LE(0x7f, 0x236)))).toMatchObject({
      release: '6.1.0-56-cloud-amd64',
    });
    await expect(read(changed((bytes) => bytes.writeUInt16LE(0x7e, 0x236)))).rejects.toThrow('32-bit');
  });
});
