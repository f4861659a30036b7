/** A file, folder or device node of an archive. */
export interface CpioEntry {
  readonly name: string;
  /** Type and permissions, as in `struct stat`. */
  readonly mode: number;
  readonly data?: Buffer;
  /** Major and minor number of a device. */
  readonly device?: readonly [number, number];
}

const MAGIC = '070701';
const TRAILER: CpioEntry = { name: 'TRAILER!!!', mode: 0 };

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** Headers with their names, and contents, begin at multiples of four bytes. */
function padded(...parts: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

function encoded({ name, mode, data = Buffer.alloc(0), device = [0, 0] }: CpioEntry, inode: number): Buffer {
  const path = Buffer.from(`${name}\0`);
  // ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor, namesize, check
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, ...device, path.length, 0];
  return Buffer.concat([padded(Buffer.from(MAGIC + fields.map(hex).join('')), path), padded(data)]);
}

/**
 * An archive in the format "newc", the one that the kernel unpacks as its first root file system
 * (Documentation/driver-api/early-userspace/buffer-format.rst). Everything in it belongs to root.
 * @param entries folders before what is in them
 */
export function cpioArchive(entries: readonly CpioEntry[]): Buffer {
  return Buffer.concat([...entries, TRAILER].map((entry, i) => encoded(entry, i + 1)));
}
