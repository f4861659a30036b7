import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import type { Limits } from '../agent-process.js';
import { NoAgentError } from '../compile.js';
import { type KernelFacts, parseFacts } from '../facts.js';
import { encodeFrame, type Frame, FrameReader } from '../frames.js';
import { ALPHABET_HASH } from '../header.js';
import type { Agent, OnEnd } from '../lane.js';
import { PROTOCOL } from '../protocol.js';
import { GuestConsole } from './console.js';
import { Outbox } from './outbox.js';
import { packed, Unpacker } from './packing.js';
import { CHANNEL_FD, CONSOLE_FD } from './qemu.js';

/** How long a kernel may take to print its report after the first words of it, in ms. */
const REPORT_MS = 2_000;
/** Of what QEMU itself says. */
const MOST_COMPLAINT_LETTERS = 500;

/** Packed frames are whole words. */
const FILL = 4;

/** How to run an emulator that dies with this process. */
export interface Command {
  /** The agent's program, which starts it. */
  readonly launcher: string;
  readonly program: string;
  readonly arguments: readonly string[];
}

/** `spawn` makes a socket of a descriptor that is to be a pipe: it goes both ways. */
const duplexAt = (child: ChildProcess, fd: number): Duplex => child.stdio[fd] as Duplex;

const nothing = (): void => undefined;

/** One boot of a guest and the agent in it, from its start to its end. */
export class GuestAgent implements Agent {
  onFrame: (frame: Frame) => void = nothing;
  onEnd: OnEnd = nothing;
  readonly gone: Promise<string>;
  private readonly child: ChildProcess;
  private readonly unpacker = new Unpacker();
  private readonly reader = new FrameReader(FILL);
  private readonly console: GuestConsole;
  private readonly outbox: Outbox;
  /** Frames from the first end of a sequence on that the console has not confirmed. */
  private held: Frame[] = [];
  private readonly confirmed = new Set<number>();
  private complaints = '';
  private isCondemned = false;

  constructor({ launcher, program, arguments: given }: Command, onReady: () => void) {
    const stdio = ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] as const;
    this.child = spawn(launcher, ['launch', String(process.pid), program, ...given], { stdio: [...stdio] });
    const channel = duplexAt(this.child, CHANNEL_FD);
    const console = duplexAt(this.child, CONSOLE_FD);
    this.outbox = new Outbox((frame) => channel.write(packed(frame)));
    this.console = new GuestConsole({
      onReady,
      onEndOfSequence: (id) => this.confirm(id),
      onAlarm: () => this.condemn(),
    });
    channel.on('data', (piece: Buffer) => this.take(piece));
    console.on('data', (piece: Buffer) => this.console.push(piece));
    this.child.stderr?.on('data', (piece: Buffer) => {
      this.complaints = (this.complaints + piece.toString()).slice(-MOST_COMPLAINT_LETTERS);
    });
    // What cannot be written or read any more is told by the end of the process.
    for (const stream of [channel, console]) stream.on('error', nothing);
    this.gone = new Promise((resolve) => {
      this.child.on('error', (error) => resolve(error.message));
      this.child.on('close', (code, signal) => resolve(this.howItEnded(code, signal)));
    });
    void this.gone.then((why) => this.onEnd(why, this.console.alarm));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Why it does not start, or its last words, in one line. */
  get lastWords(): string {
    return this.console.lastWords;
  }

  send(frame: Buffer): void {
    this.outbox.send(frame);
  }

  /** There is nothing in a guest that has to be kept. */
  finish(): void {
    this.kill();
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private howItEnded(code: number | null, signal: string | null): string {
    if (this.console.alarm.length > 0) return `the kernel said: ${this.console.words}`;
    const how = signal === null ? `ended with code ${code}` : `was killed by ${signal}`;
    const words = this.complaints === '' ? this.console.lastWords : this.complaints.trim();
    return `the guest ${how}; its last words: ${words}`;
  }

  private take(piece: Buffer): void {
    try {
      for (const frame of this.reader.push(this.unpacker.push(piece))) this.held.push(frame);
    } catch (error) {
      this.complaints = error instanceof Error ? error.message : String(error);
      this.kill();
    }
    this.release();
  }

  private confirm(id: number): void {
    if (this.isCondemned) return;
    this.confirmed.add(id);
    this.release();
  }

  /**
   * After an alarm no end of a sequence counts: the first without one is that which the kernel was at. What ended before may still
   * be on its way, as channel and console are two streams.
   */
  private condemn(): void {
    this.isCondemned = true;
    setTimeout(() => this.kill(), REPORT_MS).unref();
  }

  private release(): void {
    for (let frame = this.held[0]; frame !== undefined; frame = this.held[0]) {
      if (frame.type === PROTOCOL.DONE && !this.confirmed.delete(frame.id)) return;
      this.held.shift();
      this.outbox.answered(frame);
      this.onFrame(frame);
    }
  }

  /**
   * Boot, wait for the agent and greet it.
   * @param bootMs longest time until the agent answers
   * @throws NoAgentError with its reason when no sequence can run in this guest
   */
  static async start(
    command: Command,
    limits: Limits,
    bootMs: number,
  ): Promise<{ agent: GuestAgent; facts: KernelFacts }> {
    const { operationMs, sequenceMs } = limits;
    const hello = encodeFrame(PROTOCOL.HELLO, 0, [PROTOCOL.VERSION, ALPHABET_HASH, operationMs, sequenceMs]);
    const agent: GuestAgent = new GuestAgent(command, () => agent.send(hello));
    let timer: NodeJS.Timeout | undefined;
    try {
      const text = await new Promise<string>((resolve, reject) => {
        agent.onFrame = ({ type, payload }) => {
          if (type === PROTOCOL.FACTS) resolve(payload.toString());
          else reject(new NoAgentError(payload.toString()));
        };
        agent.onEnd = (why) => reject(new NoAgentError(`the guest does not start: ${why}`));
        timer = setTimeout(() => {
          const words = `its last words: ${agent.lastWords}`;
          reject(new NoAgentError(`the guest does not start within ${bootMs / 1000} s; ${words}`));
        }, bootMs);
      });
      return { agent, facts: parseFacts(text) };
    } catch (error) {
      agent.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
