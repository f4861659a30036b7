import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
});
