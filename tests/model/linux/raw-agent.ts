// The agent's program without the host around it: frames go in as they are, right or wrong.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { agentProgram } from '#model/linux/compile';
import { encodeFrame, type Frame, FrameReader } from '#model/linux/frames';
import { ALPHABET_HASH } from '#model/linux/header';
import { PROTOCOL } from '#model/linux/protocol';

export const HELLO = encodeFrame(PROTOCOL.HELLO, 0, [PROTOCOL.VERSION, ALPHABET_HASH, 5000, 60_000]);

export function runFrame(id: number, ops: Int32Array, { gift = 12, rlimit = 6, flags = 0 } = {}): Buffer {
  return encodeFrame(PROTOCOL.RUN, id, [gift, rlimit, flags, ops.length / 8], ops);
}

export interface SpawnHow {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
}

export class RawAgent {
  readonly frames: Frame[] = [];
  readonly ended: Promise<string>;
  private readonly reader = new FrameReader();
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private look: () => void = () => undefined;

  constructor(program: string, how: SpawnHow = {}) {
    this.child = spawn(program, [], { cwd: dirname(program), stdio: ['pipe', 'pipe', 'inherit'], ...how });
    this.child.stdin.on('error', () => undefined);
    this.child.stdout.on('data', (piece: Buffer) => {
      this.frames.push(...this.reader.push(piece));
      this.look();
    });
    this.ended = new Promise((resolve) => {
      this.child.on('error', (error) => resolve(error.message));
      this.child.on('close', (code, signal) => resolve(signal ?? String(code)));
    });
  }

  /** Started and greeted. */
  static async open(how: SpawnHow = {}): Promise<RawAgent> {
    const agent = new RawAgent(await agentProgram(), how);
    agent.send(HELLO);
    await agent.until((frame) => frame.type === PROTOCOL.FACTS);
    return agent;
  }

  get pid(): number {
    return this.child.pid ?? NaN;
  }

  send(bytes: Buffer): void {
    this.child.stdin.write(bytes);
  }

  finish(): void {
    this.child.stdin.end();
  }

  /** The first frame that is so, of those that have come or will. */
  until(isIt: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve, reject) => {
      this.look = () => {
        const found = this.frames.find(isIt);
        if (found !== undefined) resolve(found);
      };
      this.look();
      void this.ended.then((how) => reject(new Error(`the agent ended (${how})`)));
    });
  }

  /** The answer to the program of this id: done or refused. */
  answered(id: number): Promise<Frame> {
    return this.until((frame) => frame.id === id && frame.type !== PROTOCOL.OBS);
  }
}

/** Processes whose parent this is. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Open descriptors of a process. */
export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Wait, looking every millisecond, until this gives something. */
export async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
