import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { agentProgram, NoAgentError } from '../compile.js';
import { bootingOf } from './booting.js';
import type { KernelImage } from './bzimage.js';
import { GuestConsole } from './console.js';
import type { GuestOptions } from './guest-options.js';
import { writeInitramfsWith } from './initramfs.js';
import { CONSOLE_FD } from './qemu.js';

/** How a program ended in a guest. */
export interface ProgramRun {
  /** Its exit code; undefined: a signal killed it, or the guest ended with it. */
  readonly exitCode: number | undefined;
  /** The last lines that it said, and why it has no exit code. */
  readonly said: readonly string[];
  /** What the kernel reported while it ran: empty when nothing was wrong. */
  readonly alarm: readonly string[];
}

/** No program may take longer than a minute; this is for a kernel that does not let it end. */
const SILENCE_MS = 120_000;
/** How long a kernel may take to print its report after the first words of it. */
const REPORT_MS = 2_000;
const CODE = /^code (\d+)$/;

interface Boot {
  readonly runs: readonly ProgramRun[];
  /** Why the guest ended before all were done. */
  readonly cutBy: { readonly why: string; readonly alarm: readonly string[] } | undefined;
}

/** Watches one boot from its first line to its end. */
class Watched {
  readonly runs: ProgramRun[] = [];
  readonly ready: Promise<void>;
  readonly gone: Promise<void>;
  readonly #console: GuestConsole;
  readonly #kill: () => void;
  #said: string[] = [];
  #goesOn = false;
  #isReady = false;
  #isCondemned = false;
  #timer: NodeJS.Timeout | undefined;
  #complaint = '';

  constructor(launcher: string, emulator: string, args: readonly string[], bootMs: number) {
    const stdio = ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] as const;
    const child = spawn(launcher, ['launch', String(process.pid), emulator, ...args], { stdio: [...stdio] });
    this.#kill = () => void child.kill('SIGKILL');
    let isReady: (() => void) | undefined;
    const announced = new Promise<void>((resolve) => {
      isReady = resolve;
    });
    this.#console = new GuestConsole({
      onReady: () => {
        this.#isReady = true;
        isReady?.();
      },
      onProgramSaid: (_id, text, goesOn) => this.#hear(text, goesOn),
      onEndOfProgram: (_id, how) => this.#end(how),
      onAlarm: () => this.#condemn(),
    });
    const log = child.stdio[CONSOLE_FD] as Duplex;
    // A guest whose console cannot be read is of no use.
    log.on('error', this.#kill);
    log.on('data', (piece: Buffer) => {
      this.#console.push(piece);
      // Before, it has its time to start and no more, however much it says.
      if (this.#isReady) this.#wait(SILENCE_MS);
    });
    child.stderr?.on('data', (piece: Buffer) => {
      this.#complaint = (this.#complaint + piece.toString()).slice(-500);
    });
    this.gone = new Promise((resolve) => {
      child.on('error', (error) => {
        this.#complaint = error.message;
        resolve();
      });
      child.on('close', () => resolve());
    });
    this.ready = Promise.race([announced, this.gone.then(() => Promise.reject(this.#noStart()))]);
    this.#wait(bootMs);
    void this.gone.then(() => clearTimeout(this.#timer));
  }

  /** Why it ended, in one line. */
  get why(): string {
    if (this.#console.alarm.length > 0) return `the kernel said: ${this.#console.words}`;
    return `the guest ended: ${this.#complaint.trim() || this.#console.lastWords}`;
  }

  get alarm(): readonly string[] {
    return this.#console.alarm;
  }

  #noStart(): NoAgentError {
    return new NoAgentError(`the guest does not start: ${this.#complaint.trim() || this.#console.lastWords}`);
  }

  /** A guest that says nothing for so long is ended. */
  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#kill, ms);
  }

  /** After an alarm nothing counts: the program at hand is the one that the guest ends with. */
  #condemn(): void {
    this.#isCondemned = true;
    setTimeout(this.#kill, REPORT_MS).unref();
  }

  #hear(text: string, goesOn: boolean): void {
    if (this.#goesOn) this.#said.push((this.#said.pop() ?? '') + text);
    else this.#said.push(text);
    this.#goesOn = goesOn;
  }

  #end(how: string): void {
    if (this.#isCondemned) return;
    const code = CODE.exec(how)?.[1];
    this.runs.push({
      exitCode: code === undefined ? undefined : Number(code),
      said: code === undefined ? [...this.#said, how] : this.#said,
      alarm: [],
    });
    this.#said = [];
  }
}

async function boot(image: KernelImage, programs: readonly string[], options: GuestOptions): Promise<Boot> {
  const launcher = await agentProgram(options.compiler);
  const folder = await mkdtemp(join(tmpdir(), 'mapahead-guest-'));
  try {
    const initramfs = join(folder, 'initramfs.cpio');
    await writeInitramfsWith(launcher, programs, initramfs);
    const booting = bootingOf(image, initramfs, 'programs', options);
    const { started: watched } = await booting.boot(async (args, longest) => {
      const started = new Watched(launcher, booting.program, args, longest);
      await started.ready;
      return started;
    });
    await watched.gone;
    const { runs, why, alarm } = watched;
    return { runs, cutBy: runs.length < programs.length ? { why, alarm } : undefined };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Run programs on a kernel, each as root in a guest with nothing else in it. One that brings the kernel down, or makes it warn, ends
 * the guest; those after it get a new one.
 * @param programs paths of static programs for Linux on x86-64
 * @returns how each ended, in their order
 * @throws NoAgentError with one line why when the kernel does not start
 */
export async function runInGuest(
  image: KernelImage,
  programs: readonly string[],
  options: GuestOptions = {},
): Promise<ProgramRun[]> {
  const runs: ProgramRun[] = [];
  while (runs.length < programs.length) {
    const { runs: done, cutBy } = await boot(image, programs.slice(runs.length), options);
    runs.push(...done);
    if (cutBy !== undefined) runs.push({ exitCode: undefined, said: [cutBy.why], alarm: cutBy.alarm });
  }
  return runs;
}
