import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { AGENT_NAME, NoAgentError } from './compile.js';
import { type KernelFacts, parseFacts } from './facts.js';
import { encodeFrame, type Frame, FrameReader } from './frames.js';
import { ALPHABET_HASH } from './header.js';
import type { Agent, OnEnd } from './lane.js';
import { PROTOCOL } from './protocol.js';

/** How long an operation, and a sequence, may take, in ms. */
export interface Limits {
  readonly operationMs: number;
  readonly sequenceMs: number;
}

const nothing = (): void => undefined;

/** One run of the agent's program, from its greeting to its end. */
export class AgentProcess implements Agent {
  onFrame: (frame: Frame) => void = nothing;
  onEnd: OnEnd = nothing;
  private readonly reader = new FrameReader();
  private readonly child: ChildProcessWithoutNullStreams;
  private complaints = '';
  readonly gone: Promise<string>;

  private constructor(program: string) {
    // Started in its folder: there `exec` finds the program again, whatever user it is then.
    this.child = spawn(program, [], {
      argv0: AGENT_NAME,
      cwd: dirname(program),
    });
    this.child.stdout.on('data', (piece: Buffer) => this.take(piece));
    this.child.stderr.on('data', (piece: Buffer) => {
      this.complaints = (this.complaints + piece.toString()).slice(-500);
    });
    // What was not written any more is reported by the end of the process.
    this.child.stdin.on('error', nothing);
    this.gone = new Promise((resolve) => {
      this.child.on('error', (error) => resolve(`the agent does not start: ${error.message}`));
      this.child.on('close', (code, signal) => {
        const how = `the agent ${signal === null ? `ended with code ${code}` : `was killed by ${signal}`}`;
        resolve(this.complaints === '' ? how : `${how}: ${this.complaints.trim()}`);
      });
    });
    void this.gone.then((why) => this.onEnd(why));
  }

  private take(piece: Buffer): void {
    try {
      for (const frame of this.reader.push(piece)) this.onFrame(frame);
    } catch (error) {
      this.complaints = String(error);
      this.kill();
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(frame: Buffer): void {
    this.child.stdin.write(frame);
  }

  finish(): void {
    this.child.stdin.end();
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /**
   * Start the program and greet it.
   * @throws NoAgentError with its reason when it cannot run sequences here
   */
  static async start(program: string, limits: Limits): Promise<{ agent: AgentProcess; facts: KernelFacts }> {
    const agent = new AgentProcess(program);
    try {
      const text = await new Promise<string>((resolve, reject) => {
        agent.onFrame = ({ type, payload }) => {
          if (type === PROTOCOL.FACTS) resolve(payload.toString());
          else reject(new NoAgentError(payload.toString()));
        };
        agent.onEnd = (why) => reject(new NoAgentError(why));
        const { operationMs, sequenceMs } = limits;
        agent.send(
          encodeFrame(PROTOCOL.HELLO, 0, [PROTOCOL.VERSION, ALPHABET_HASH, operationMs, sequenceMs]),
        );
      });
      return { agent, facts: parseFacts(text) };
    } catch (error) {
      agent.kill();
      throw error;
    }
  }
}
