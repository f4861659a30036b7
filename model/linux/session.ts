import { OP_WIDTH } from '../alphabet/bounds.js';
import type { Env, Recording } from '../alphabet/system.js';
import { type Agent, AgentError, type Job, Lane } from './lane.js';
import { PROTOCOL } from './protocol.js';

function assertTrace(ops: Int32Array): void {
  if (ops.length % OP_WIDTH === 0 && ops.length <= PROTOCOL.MAX_STEPS * OP_WIDTH) return;
  throw new RangeError(`${ops.length} ints are no trace of at most ${PROTOCOL.MAX_STEPS} operations`);
}

export interface SessionOptions {
  readonly env: Env;
  /** Have each observation sent at once. */
  readonly eager: boolean;
  /** Agents that run at a time, at most. Those beyond the first are started when there is work for them. */
  readonly agents: number;
  /** An agent that has work and is silent for so long is given up, in ms. */
  readonly patienceMs: number;
  /** Start an agent and greet it. */
  readonly start: () => Promise<Agent>;
}

/** Sequences that wait, are with one of several agents, and are answered. */
export class Session {
  private readonly waiting: Job[] = [];
  private readonly lanes: readonly Lane[];
  private closed = false;
  private complaint: string | undefined;

  /** @param first an agent that has been greeted */
  constructor(first: Agent, options: SessionOptions) {
    const { env, eager, agents, patienceMs, start } = options;
    const giveUp = (error: Error): void => this.failAll(error);
    const goesOn = (): boolean => this.agentPids.length > 0;
    const stray = (why: string): void => {
      this.complaint = why;
    };
    const work = { waiting: this.waiting, env, eager, patienceMs, start, giveUp, stray, goesOn };
    this.lanes = Array.from({ length: agents }, (_, i) => (i === 0 ? new Lane(work, first) : new Lane(work)));
  }

  /** Process ids of the agents that run at the moment. */
  get agentPids(): readonly number[] {
    return this.lanes.flatMap(({ agentPid }) => (agentPid === undefined ? [] : [agentPid]));
  }

  /**
   * The recordings of these traces, in their order. When an agent is lost, the sequence that it was at ends there.
   * @throws AgentError when it cannot go on
   */
  async run(traces: readonly Int32Array[]): Promise<Recording[]> {
    if (this.closed) throw new AgentError('the System is closed');
    if (this.complaint !== undefined) throw new AgentError(`after its last answer ${this.complaint}`);
    traces.forEach(assertTrace);
    const answers = traces.map(
      (ops) =>
        new Promise<Recording>((answer, fail) => {
          this.waiting.push({ ops, parts: [], answer, fail });
        }),
    );
    for (const lane of this.lanes) lane.pump();
    return Promise.all(answers);
  }

  /** End the agents, and with them whatever they are at; that fails. */
  async close(): Promise<void> {
    this.closed = true;
    const error = new AgentError('the System is closed');
    const closing = this.lanes.map((lane) => lane.close(error));
    this.failAll(error);
    await Promise.all(closing);
  }

  private failAll(error: Error): void {
    for (const lane of this.lanes) lane.abandon(error);
    for (const job of this.waiting.splice(0)) job.fail(error);
  }
}
