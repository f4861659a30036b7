import { OP_WIDTH } from '../alphabet/bounds.js';
import type { Env, Recording } from '../alphabet/system.js';
import { encodeFrame, type Frame, intsOf } from './frames.js';
import { PROTOCOL } from './protocol.js';
import { recordingOf } from './recording.js';

/** Sequences that an agent has ahead: enough that it never waits, few enough that lanes share the work evenly. */
const WINDOW = 4;
/** Agents that may end one after the other without an answer in between. */
const MOST_FRUITLESS_STARTS = 3;

/** The agent found a mistake of its own, refuses a program that the host thinks right, or is gone for good. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
}

/**
 * Told once, after the last frame.
 * @param why in one sentence, without a full stop
 * @param alarm what the kernel itself said of it, as `Recording.alarm`; empty when it said nothing
 */
export type OnEnd = (why: string, alarm?: readonly string[]) => void;

/** A running agent, as a lane needs it. */
export interface Agent {
  readonly pid: number | undefined;
  onFrame: (frame: Frame) => void;
  onEnd: OnEnd;
  /** Settles when it is gone. */
  readonly gone: Promise<string>;
  send(frame: Buffer): void;
  /** Ask it to end after what it has been sent. */
  finish(): void;
  kill(): void;
}

/** A sequence on its way. */
export interface Job {
  readonly ops: Int32Array;
  readonly parts: Int32Array[];
  readonly answer: (recording: Recording) => void;
  readonly fail: (error: Error) => void;
}

/** What lanes have in common. */
export interface Work {
  /** Sequences that no agent has yet, the next one first. */
  readonly waiting: Job[];
  readonly env: Env;
  /** Have each observation sent at once. */
  readonly eager: boolean;
  /** An agent that has work and is silent for so long is given up, in ms: the kernel may not let it go on. */
  readonly patienceMs: number;
  /** Start an agent and greet it. */
  readonly start: () => Promise<Agent>;
  /** Nothing can be answered any more: everything that waits fails, in all lanes. */
  readonly giveUp: (error: Error) => void;
  /** A kernel complained of what no sequence can be blamed for any more. */
  readonly stray: (why: string) => void;
  /** Whether some lane has an agent. */
  readonly goesOn: () => boolean;
}

/** One agent after the other, each with a few sequences at a time. */
export class Lane {
  private readonly sent = new Map<number, Job>();
  private lastId = 0;
  private fruitless = 0;
  private starting: Promise<void> | undefined;
  private silence: NodeJS.Timeout | undefined;
  private agent: Agent | undefined;

  /** @param agent one that has been greeted; without it the lane starts one when there is work */
  constructor(
    private readonly work: Work,
    agent?: Agent,
  ) {
    if (agent !== undefined) this.attach(agent);
  }

  get agentPid(): number | undefined {
    return this.agent?.pid;
  }

  /** Take work, if there is some. */
  pump(): void {
    const { waiting, env, eager } = this.work;
    if (this.agent === undefined) {
      if (waiting.length > 0) this.starting ??= this.startAnother();
      return;
    }
    while (this.sent.size < WINDOW) {
      const job = waiting.shift();
      if (job === undefined) return;
      this.lastId = (this.lastId % 0x7fffffff) + 1;
      this.sent.set(this.lastId, job);
      const head = [env.gift, env.rlimit, eager ? PROTOCOL.EAGER : 0, job.ops.length / OP_WIDTH];
      this.agent.send(encodeFrame(PROTOCOL.RUN, this.lastId, head, job.ops));
      if (this.sent.size === 1) this.listen();
    }
  }

  /** Fail what the agent has. What it answers to that is passed over. */
  abandon(error: Error): void {
    for (const job of this.sent.values()) job.fail(error);
    this.sent.clear();
  }

  /** End the agent, and with it whatever it is at; that fails. */
  async close(error: Error): Promise<void> {
    const isBusy = this.sent.size > 0;
    clearTimeout(this.silence);
    this.abandon(error);
    await this.starting;
    const agent = this.agent;
    if (isBusy) agent?.kill();
    agent?.finish();
    await agent?.gone;
  }

  private attach(agent: Agent): void {
    this.agent = agent;
    agent.onFrame = (frame) => this.take(frame);
    agent.onEnd = (why, alarm) => this.lost(why, alarm);
  }

  /** Wait for the next frame, with patience. */
  private listen(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      const agent = this.agent;
      if (agent === undefined || this.sent.size === 0) return;
      this.forget(agent);
      this.lost(`the agent was silent for ${this.work.patienceMs} ms`);
    }, this.work.patienceMs);
    this.silence.unref();
  }

  private async startAnother(): Promise<void> {
    try {
      this.attach(await this.work.start());
    } catch (error) {
      // One more may be one too many for the machine; then the others do the work.
      if (this.work.goesOn()) return;
      this.work.giveUp(error instanceof Error ? error : new AgentError(String(error)));
    }
    this.starting = undefined;
    this.pump();
  }

  private take({ type, id, payload }: Frame): void {
    this.silence?.refresh();
    if (id === 0 || type === PROTOCOL.BROKEN) {
      this.work.giveUp(new AgentError(payload.toString()));
      return;
    }
    const job = this.sent.get(id);
    if (type === PROTOCOL.OBS) {
      job?.parts.push(intsOf(payload));
      return;
    }
    this.sent.delete(id);
    if (type === PROTOCOL.STUCK) {
      this.leaveStuck(job, payload.toString());
      return;
    }
    this.fruitless = 0;
    if (type === PROTOCOL.DONE) job?.answer(recordingOf(job.ops, job.parts, payload.toString('utf8', 4)));
    else job?.fail(new AgentError(`the agent refuses a program: ${payload.toString()}`));
    this.pump();
  }

  /** The kernel does not let go of this sequence, nor then of the agent. */
  private leaveStuck(job: Job | undefined, why: string): void {
    const agent = this.agent;
    if (agent !== undefined) this.forget(agent);
    this.replace(job, why, []);
  }

  /** Hear no more of this agent: it may not end even now, and whatever it still says is about nothing. */
  private forget(agent: Agent): void {
    agent.onFrame = () => undefined;
    agent.onEnd = () => undefined;
    agent.kill();
  }

  /** The sequence that the agent was at ends there. */
  private lost(why: string, alarm: readonly string[] = []): void {
    const [current] = this.sent;
    if (current !== undefined) this.sent.delete(current[0]);
    else if (alarm.length > 0) this.work.stray(why);
    this.replace(current?.[1], why, alarm);
  }

  /** This sequence ends where it is; the others wait for the next agent. */
  private replace(current: Job | undefined, why: string, alarm: readonly string[]): void {
    this.agent = undefined;
    this.work.waiting.unshift(...this.sent.values());
    this.sent.clear();
    if (current !== undefined) {
      current.answer(recordingOf(current.ops, current.parts, why, alarm));
      this.fruitless += 1;
    }
    if (this.fruitless >= MOST_FRUITLESS_STARTS) {
      this.fruitless = 0;
      this.work.giveUp(new AgentError(`${why}, again and again`));
    }
    this.pump();
  }
}
