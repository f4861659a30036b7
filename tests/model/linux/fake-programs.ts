// Shell scripts in place of compilers, agents and emulators: they start within milliseconds and do what a test says.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFrame, intsOf } from '#model/linux/frames';
import { PROTOCOL } from '#model/linux/protocol';

/** Scripts answer within milliseconds: a test that waits for so long waits in vain. */
export const IN_VAIN = { timeout: 4_000 };

/** What agents here say of their kernel. */
export const FACTS: Readonly<Record<string, string>> = {
  release: '6.1.0-fake',
  build: '#1 SMP',
  cpus: '2',
  paranoid: '2',
  mlock_kb: '516',
  uid: '0',
  privileged: '1',
  pku: '0',
  thp: '1',
  ksm: '0',
  direct: '1',
  gift: '129',
  aux: 'none',
};

const textInts = (said: string): Int32Array =>
  intsOf(Buffer.from(said.padEnd(Math.ceil(said.length / 4) * 4)));

/** A frame whose payload is text. */
export const textFrame = (type: number, id: number, said: string): Buffer =>
  encodeFrame(type, id, textInts(said));

/** The greeting of an agent. */
export const greeting = (facts: Readonly<Record<string, string>> = FACTS): Buffer =>
  textFrame(
    PROTOCOL.FACTS,
    0,
    `${Object.entries(facts)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n')}\n`,
  );

/** The answer to a program. */
export const answer = (id: number, obs: readonly number[]): Buffer =>
  Buffer.concat([encodeFrame(PROTOCOL.OBS, id, obs), encodeFrame(PROTOCOL.DONE, id, [obs.length / 2])]);

/** What an agent that works answers to the program that tries it out, with the default limits of a user. */
export const TRIED_OUT = answer(1, [0, 0, 0, 18]);

/** Bytes of the greeting, and of the program that tries an agent out. */
export const [HELLO_BYTES, TRYING_BYTES] = [32, 96];

/** A folder for scripts and what they read and write. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'mapahead-test-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  /** A script; `$stage` is the folder. @returns its path */
  script(name: string, body: string): string {
    return this.write(name, `#!/bin/sh\nstage=${this.folder}\n${body}\n`);
  }

  write(name: string, data: string | Buffer): string {
    const path = this.path(name);
    writeFileSync(path, data, { mode: 0o755 });
    return path;
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Lines that scripts have written to a file. */
  lines(name: string): string[] {
    return this.read(name).split('\n').filter(Boolean);
  }

  /** A compiler that makes one program of everything, and notes what it was given. */
  compiler(program: string, first = ''): string {
    return this.script(
      'compiler',
      `echo "$@" >> $stage/compiled
      ${first}
      while [ $# -gt 1 ]; do [ "$1" = -o ] && cp ${program} "$2"; shift; done`,
    );
  }

  clear(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Wait without a timer, which may be a fake one. @throws Error when it is in vain */
export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + IN_VAIN.timeout;
  while (!condition()) {
    if (performance.now() > end) throw new Error('it did not come');
    await new Promise(setImmediate);
  }
}
