// The file system of a guest, of programs that are no more than their ELF headers.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT_NAME, NoAgentError } from '#model/linux/compile';
import { initramfsOf, writeInitramfsWith } from '#model/linux/guest/initramfs';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  path = join(folder, 'archive');
});
afterEach(() => rm(folder, { recursive: true }));

/** Types of program headers. */
const [LOAD, INTERPRETER, NOTE] = [1, 3, 4];

/** A file with program headers of these types (elf(5)). */
async function program(name: string, ...types: readonly number[]): Promise<string> {
  const bytes = 56;
  const elf = Buffer.alloc(64 + types.length * bytes);
  elf.write('\x7fELF');
  elf.writeBigUInt64LE(64n, 0x20);
  elf.writeUInt16LE(bytes, 0x36);
  elf.writeUInt16LE(types.length, 0x38);
  for (const [i, type] of types.entries()) elf.writeUInt32LE(type, 64 + i * bytes);
  // Behind the headers, where nothing is a header any more.
  const file = join(folder, name);
  await writeFile(file, Buffer.concat([elf, Buffer.from([INTERPRETER, 0, 0, 0]), Buffer.from(name)]));
  return file;
}

/** Name, mode and device of each entry (cpio(5), newc). */
function listed(archive: Buffer): string[] {
  const entries = archive.toString('latin1').matchAll(/070701([\dA-Fa-f]{104})([\w/-]+)\0/g);
  return [...entries].map(([, fields, name]) => {
    const field = (i: number) => Number.parseInt(fields.slice(8 * i, 8 * i + 8), 16);
    const device = field(9) === 0 ? '' : ` ${field(9)}:${field(10)}`;
    return `${field(1).toString(8).padStart(6, '0')} ${name}${device}`;
  });
}

const EVERY_GUEST = [
  '040755 dev',
  '020600 dev/console 5:1',
  '020600 dev/kmsg 1:11',
  '020666 dev/null 1:3',
  '020600 dev/ttyS1 4:65',
  '040755 proc',
  '040755 sys',
];

describe('the file system of a guest', () => {
  it('has its devices, and the agent beside which it is kept', async () => {
    const agent = await program('agent', LOAD, NOTE);
    const made = await initramfsOf(agent);
    expect(made).toBe(join(folder, 'initramfs.cpio'));
    const archive = await readFile(made);
    expect(listed(archive)).toEqual([...EVERY_GUEST, `100755 ${AGENT_NAME}`]);
    expect(archive.includes(await readFile(agent))).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['agent', 'initramfs.cpio']);
  });

  it('is made once', async () => {
    const agent = await program('agent', LOAD);
    await writeFile(join(folder, 'initramfs.cpio'), 'made before');
    expect(await readFile(await initramfsOf(agent), 'utf8')).toBe('made before');
  });

  it('has a place for each of the programs that are to be run, and for files of theirs', async () => {
    const programs = [await program('one', LOAD), await program('other', LOAD, NOTE)];
    await writeInitramfsWith(await program('agent', LOAD), programs, path);
    const archive = await readFile(path);
    expect(listed(archive)).toEqual([
      ...EVERY_GUEST,
      '040755 programs',
      '041777 tmp',
      `100755 ${AGENT_NAME}`,
      '100755 programs/0',
      '100755 programs/1',
    ]);
    for (const each of programs) expect(archive.includes(await readFile(each))).toBe(true);
  });

  it.each([[[INTERPRETER]], [[LOAD, INTERPRETER]], [[LOAD, NOTE, INTERPRETER]]])(
    'is refused a program that needs a loader: headers %j',
    async (types) => {
      const dynamic = await program('dynamic', ...types);
      const wrong = initramfsOf(dynamic);
      await expect(wrong).rejects.toBeInstanceOf(NoAgentError);
      await expect(wrong).rejects.toThrow(
        'what runs in a guest must be static: install the static C library',
      );
      const among = writeInitramfsWith(await program('agent', LOAD), [dynamic], path);
      await expect(among).rejects.toThrow('must be static');
      expect(await readdir(folder)).not.toContain('archive');
    },
  );

  it('that cannot be kept says so, and leaves nothing', async () => {
    const agent = await program('agent', LOAD);
    // A folder in its place: so that it fails for root, too.
    await mkdir(join(folder, `initramfs.cpio.${process.pid}`));
    const failing = initramfsOf(agent);
    await expect(failing).rejects.toBeInstanceOf(NoAgentError);
    await expect(failing).rejects.toThrow(/^the guest's file system cannot be kept: .*EISDIR/);
    expect(await readdir(folder)).toEqual(['agent']);
  });
});
