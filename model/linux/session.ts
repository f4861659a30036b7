import { OP_WIDTH } from '../alphabet/bounds.js';
import type { Env, Recording } from '../alphabet/system.js';
import { encodeFrame, type Frame, intsOf } from './frames.js';
import { PROTOCOL } from './protocol.js';
import { recordingOf } from './recording.js';

/** Sequences sent before their answers are back: enough that the agent never waits, few enough to lose little with it. */
const WINDOW = 32;
/** Agents that may end one after the other without an answer in between. */
const MOST_FRUITLESS_STARTS = 3;

/** The agent found a mistake of its own, refuses a program that the host thinks right, or is gone for good. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
}

/** A running agent, as a session needs it. */
export interface Agent {
  readonly pid: number | undefined;
  /** Called for each frame, and once with why, after the last one. */
  onFrame: (frame: Frame) => void;
  onEnd: (why: string) => void;
  /** Settles when it is gone. */
  readonly gone: Promise<string>;
  send(frame: Buffer): void;
  /** Ask it to end after what it has been sent. */
  finish(): void;
  kill(): void;
}

interface Job {
  readonly ops: Int32Array;
  readonly parts: Int32Array[];
  readonly answer: (recording: Recording) => void;
  readonly fail: (error: Error) => void;
}

function assertTrace(ops: Int32Array): void {
  if (ops.length % OP_WIDTH === 0 && ops.length <= PROTOCOL.MAX_STEPS * OP_WIDTH) return;
  throw new RangeError(`${ops.length} ints are no trace of at most ${PROTOCOL.MAX_STEPS} operations`);
}

/** Sequences that wait, are with an agent, and are answered, over one agent after the other. */
export class Session {
  private readonly waiting: Job[] = [];
  private readonly sent = new Map<number, Job>();
  private lastId = 0;
  private fruitless = 0;
  private closed = false;
  private agent: Agent | undefined;
  private starting: Promise<void> | undefined;

  /**
   * @param agent one that has been greeted
   * @param restart gives another when that one is lost
   * @param eager have each observation sent at once
   */
  constructor(
    agent: Agent,
    private readonly restart: () => Promise<Agent>,
    private readonly env: Env,
    private readonly eager: boolean,
  ) {
    this.attach(agent);
  }

  get agentPid(): number | undefined {
    return this.agent?.pid;
  }

  /**
   * The recordings of these traces, in their order. When the agent is lost, the sequence that it was at ends there.
   * @throws AgentError when it cannot go on
   */
  async run(traces: readonly Int32Array[]): Promise<Recording[]> {
    if (this.closed) throw new AgentError('the System is closed');
    traces.forEach(assertTrace);
    const answers = traces.map(
      (ops) =>
        new Promise<Recording>((answer, fail) => {
          this.waiting.push({ ops, parts: [], answer, fail });
        }),
    );
    this.pump();
    return Promise.all(answers);
  }

  /** End the agent, and with it whatever it is at; that fails. */
  async close(): Promise<void> {
    this.closed = true;
    const isBusy = this.sent.size > 0;
    this.failAll(new AgentError('the System is closed'));
    await this.starting;
    const agent = this.agent;
    if (isBusy) agent?.kill();
    agent?.finish();
    await agent?.gone;
  }

  private attach(agent: Agent): void {
    this.agent = agent;
    agent.onFrame = (frame) => this.take(frame);
    agent.onEnd = (why) => this.lost(why);
  }

  private pump(): void {
    if (this.agent === undefined) {
      if (this.waiting.length > 0) this.starting ??= this.startAnother();
      return;
    }
    while (this.sent.size < WINDOW) {
      const job = this.waiting.shift();
      if (job === undefined) return;
      this.lastId = (this.lastId % 0x7fffffff) + 1;
      this.sent.set(this.lastId, job);
      const flags = this.eager ? PROTOCOL.EAGER : 0;
      const head = [this.env.gift, this.env.rlimit, flags, job.ops.length / OP_WIDTH];
      this.agent.send(encodeFrame(PROTOCOL.RUN, this.lastId, head, job.ops));
    }
  }

  private async startAnother(): Promise<void> {
    try {
      this.attach(await this.restart());
    } catch (error) {
      this.failAll(error instanceof Error ? error : new AgentError(String(error)));
    }
    this.starting = undefined;
    this.pump();
  }

  private take({ type, id, payload }: Frame): void {
    const job = this.sent.get(id);
    if (job === undefined || type === PROTOCOL.BROKEN) {
      this.failAll(new AgentError(payload.toString()));
      return;
    }
    if (type === PROTOCOL.OBS) {
      job.parts.push(intsOf(payload));
      return;
    }
    this.sent.delete(id);
    this.fruitless = 0;
    if (type === PROTOCOL.DONE) job.answer(recordingOf(job.ops, job.parts, payload.toString('utf8', 4)));
    else job.fail(new AgentError(`the agent refuses a program: ${payload.toString()}`));
    this.pump();
  }

  private lost(why: string): void {
    this.agent = undefined;
    const [current, ...rest] = this.sent.values();
    this.sent.clear();
    this.waiting.unshift(...rest);
    if (current !== undefined) {
      current.answer(recordingOf(current.ops, current.parts, `the agent ${why}`));
      this.fruitless += 1;
    }
    if (this.fruitless >= MOST_FRUITLESS_STARTS) {
      this.failAll(new AgentError(`the agent ${why}, again and again`));
    }
    this.pump();
  }

  private failAll(error: Error): void {
    for (const job of [...this.sent.values(), ...this.waiting]) job.fail(error);
    this.sent.clear();
    this.waiting.length = 0;
  }
}
