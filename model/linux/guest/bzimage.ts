import { open } from 'node:fs/promises';

/** Where things are in a kernel image (the kernel's Documentation/arch/x86/boot.rst). */
const SETUP_SECTORS = 0x1f1;
const MAGIC = 0x202;
const VERSION_POINTER = 0x20e;
const XLOADFLAGS = 0x236;
const XLF_KERNEL_64 = 1;
/** The pointer counts from the second sector. */
const SECTOR = 512;
const HEADER_BYTES = 0x268;
const MOST_VERSION_BYTES = 256;

/** Files that are easily taken for the image, by their first bytes. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['7f454c46', 'an ELF file; arch/x86/boot/bzImage of the same build is meant'],
  ['1f8b', 'compressed by gzip'],
  ['28b52ffd', 'compressed by zstd'],
  ['fd377a58', 'compressed by xz'],
];

/** This kernel image, or the file that should be one, is of no use; one line why. */
export class KernelImageError extends Error {
  override readonly name = 'KernelImageError';
}

/** A kernel that QEMU can boot. */
export interface KernelImage {
  readonly path: string;
  /** `uname -r` of it. */
  readonly release: string;
}

function whatItIs(start: Buffer): string {
  const hex = start.toString('hex');
  const other = OTHERS.find(([magic]) => hex.startsWith(magic));
  return other === undefined ? 'without the mark "HdrS" of one' : other[1];
}

async function textAt(path: string): Promise<{ header: Buffer; version: Buffer }> {
  const file = await open(path);
  try {
    const read = async (at: number, length: number): Promise<Buffer> => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    const header = await read(0, HEADER_BYTES);
    const at = header.length < HEADER_BYTES ? 0 : header.readUInt16LE(VERSION_POINTER) + SECTOR;
    return { header, version: await read(at, MOST_VERSION_BYTES) };
  } finally {
    await file.close();
  }
}

/**
 * Look at a kernel image for x86-64.
 * @throws KernelImageError with one line that names the file, when it is none
 */
export async function readKernelImage(path: string): Promise<KernelImage> {
  const wrong = (why: string): KernelImageError =>
    new KernelImageError(`${path} is no bzImage: it is ${why}`);
  const { header, version } = await textAt(path).catch((error: Error) => {
    throw new KernelImageError(`the kernel image cannot be read: ${error.message}`);
  });
  if (header.length < HEADER_BYTES) throw wrong(`too short (${header.length} bytes)`);
  if (header.toString('latin1', MAGIC, MAGIC + 4) !== 'HdrS') throw wrong(whatItIs(header));
  if ((header.readUInt16LE(XLOADFLAGS) & XLF_KERNEL_64) === 0) throw wrong('of a 32-bit kernel');
  const isWithin = header.readUInt16LE(VERSION_POINTER) < header.readUInt8(SETUP_SECTORS) * SECTOR;
  const [release] = version.toString('latin1').split(/[\s\0]/, 1);
  if (!isWithin || !/^\d+\.\d[\w.+~-]*$/.test(release)) throw wrong('damaged: it does not say its version');
  return { path, release };
}
