import { closeSync, openSync, readSync } from 'node:fs';
import { UsageError } from './usage-error.js';

/** No file of mapahead's comes near it; a file without an end, such as /dev/zero, does. */
const MOST_BYTES = 2 ** 28;
const PIECE_BYTES = 2 ** 16;

/**
 * The bytes of a file, a pipe or a device, up to its end.
 * @param flag what it was given for, for the message
 * @throws UsageError one line that names it, when it cannot be read or has more than 256 MiB
 */
export function readBytes(path: string, flag = '', most = MOST_BYTES): Buffer {
  try {
    return bytesOf(path, most);
  } catch (error) {
    throw new UsageError(`${flag}${error instanceof Error ? error.message : String(error)}`);
  }
}

function bytesOf(path: string, most: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let total = 0; ; ) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const bytes = readSync(file, piece, 0, PIECE_BYTES, null);
      if (bytes === 0) return Buffer.concat(pieces, total);
      total += bytes;
      if (total > most) throw new Error(`${path} has more than ${most} bytes: name another file`);
      pieces.push(piece.subarray(0, bytes));
    }
  } finally {
    closeSync(file);
  }
}

/** The same as text. @throws UsageError as `readBytes` */
export const readText = (path: string, flag = ''): string => readBytes(path, flag).toString('utf8');
