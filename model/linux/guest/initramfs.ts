import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AGENT_NAME, NoAgentError } from '../compile.js';
import { type CpioEntry, cpioArchive } from './cpio.js';

const FOLDER = 0o040755;
/** Everybody may make files in it. */
const OPEN_FOLDER = 0o041777;
const PROGRAM = 0o100755;
const CHARACTER_DEVICE = 0o020600;
/** Everybody may read and write it. */
const OPEN_DEVICE = 0o020666;

/** All that a guest has; numbers of devices from the kernel's Documentation/admin-guide/devices.txt. */
const ENTRIES: readonly CpioEntry[] = [
  { name: 'dev', mode: FOLDER },
  { name: 'dev/console', mode: CHARACTER_DEVICE, device: [5, 1] },
  { name: 'dev/kmsg', mode: CHARACTER_DEVICE, device: [1, 11] },
  { name: 'dev/null', mode: OPEN_DEVICE, device: [1, 3] },
  { name: 'dev/ttyS1', mode: CHARACTER_DEVICE, device: [4, 65] },
  { name: 'proc', mode: FOLDER },
  { name: 'sys', mode: FOLDER },
];

const PROGRAM_HEADER_INTERPRETER = 3;

/** Whether this program (ELF, 64 bits) needs a dynamic loader. */
function needsLoader(elf: Buffer): boolean {
  const first = Number(elf.readBigUInt64LE(0x20));
  const [bytes, count] = [elf.readUInt16LE(0x36), elf.readUInt16LE(0x38)];
  return Array.from({ length: count }, (_, i) => elf.readUInt32LE(first + i * bytes)).includes(
    PROGRAM_HEADER_INTERPRETER,
  );
}

/** @throws NoAgentError when it is not static */
async function programEntry(name: string, path: string): Promise<CpioEntry> {
  const data = await readFile(path);
  if (!needsLoader(data)) return { name, mode: PROGRAM, data };
  throw new NoAgentError(
    'what runs in a guest must be static: install the static C library (glibc-static or libc6-dev)',
  );
}

/**
 * The file system of a guest in which the agent runs programs, one after the other.
 * @param agent the agent's program
 * @param programs paths of static programs
 * @param path where the archive is written
 * @throws NoAgentError when one of them is not static
 */
export async function writeInitramfsWith(
  agent: string,
  programs: readonly string[],
  path: string,
): Promise<void> {
  const held = [
    programEntry(AGENT_NAME, agent),
    ...programs.map((program, i) => programEntry(`programs/${i}`, program)),
  ];
  const folders: CpioEntry[] = [
    { name: 'programs', mode: FOLDER },
    { name: 'tmp', mode: OPEN_FOLDER },
  ];
  await writeFile(path, cpioArchive([...ENTRIES, ...folders, ...(await Promise.all(held))]));
}

async function writeInitramfs(program: string, path: string): Promise<void> {
  const agent = await programEntry(AGENT_NAME, program);
  const building = `${path}.${process.pid}`;
  try {
    await writeFile(building, cpioArchive([...ENTRIES, agent]));
    await rename(building, path);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw new NoAgentError(`the guest's file system cannot be kept: ${String(error)}`);
  }
}

/**
 * The first and only file system of a guest, kept beside the agent that it holds.
 * @param program the agent
 * @returns the path of the archive
 * @throws NoAgentError when the agent is not static, or the archive cannot be written
 */
export async function initramfsOf(program: string): Promise<string> {
  const path = join(dirname(program), 'initramfs.cpio');
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) await writeInitramfs(program, path);
  return path;
}
