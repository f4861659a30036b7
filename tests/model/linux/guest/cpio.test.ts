import { describe, expect, it } from 'vitest';
import { cpioArchive } from '#model/linux/guest/cpio';

/** An independent reader of the format: entries up to the trailer. */
function entriesOf(archive: Buffer): { name: string; mode: number; data: string; device: number[] }[] {
  const entries = [];
  for (let at = 0; ; ) {
    expect(archive.toString('latin1', at, at + 6)).toBe('070701');
    const field = (i: number): number =>
      Number.parseInt(archive.toString('latin1', at + 6 + 8 * i, at + 14 + 8 * i), 16);
    const nameEnd = at + 110 + field(11);
    const name = archive.toString('latin1', at + 110, nameEnd - 1);
    if (name === 'TRAILER!!!') return entries;
    const start = Math.ceil(nameEnd / 4) * 4;
    const data = archive.toString('latin1', start, start + field(6));
    entries.push({ name, mode: field(1), data, device: [field(9), field(10)] });
    at = Math.ceil((start + field(6)) / 4) * 4;
  }
}

describe('an archive', () => {
  it('holds files, folders and devices, at multiples of four', () => {
    const archive = cpioArchive([
      { name: 'a', mode: 0o040755 },
      { name: 'a/tty', mode: 0o020600, device: [4, 65] },
      { name: 'b', mode: 0o100755, data: Buffer.from('12345') },
      { name: 'empty', mode: 0o100644, data: Buffer.alloc(0) },
    ]);
    expect(archive.length % 4).toBe(0);
    expect(entriesOf(archive)).toEqual([
      { name: 'a', mode: 0o040755, data: '', device: [0, 0] },
      { name: 'a/tty', mode: 0o020600, data: '', device: [4, 65] },
      { name: 'b', mode: 0o100755, data: '12345', device: [0, 0] },
      { name: 'empty', mode: 0o100644, data: '', device: [0, 0] },
    ]);
  });

  it('is the same each time', () => {
    const entries = [{ name: 'b', mode: 0o100755, data: Buffer.from('12345') }];
    expect(cpioArchive(entries)).toEqual(cpioArchive(entries));
  });

  it('gives each entry a number, one name, and the bytes that it has; nothing else', () => {
    const archive = cpioArchive([
      { name: 'a', mode: 0o040755 },
      { name: 'file', mode: 0o100644, data: Buffer.alloc(0x1a2, 'x') },
    ]);
    const fields = (at: number): number[] =>
      Array.from({ length: 13 }, (_, i) =>
        Number.parseInt(archive.toString('latin1', at + 6 + 8 * i, at + 14 + 8 * i), 16),
      );
    // ino, mode, uid, gid, nlink, mtime, filesize, four of devices, namesize with its end, check
    expect(fields(0)).toEqual([1, 0o040755, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0]);
    expect(fields(112)).toEqual([2, 0o100644, 0, 0, 1, 0, 0x1a2, 0, 0, 0, 0, 5, 0]);
    expect(fields(archive.length - 124)).toEqual([3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 11, 0]);
  });
});
