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
});
