// An agent that answers, refuses, breaks or vanishes as a test says, and sessions over such agents.
import { DEFAULT_ENV } from '#model/alphabet/system';
import { type Frame, intsOf } from '#model/linux/frames';
import type { Agent, OnEnd } from '#model/linux/lane';
import { PROTOCOL } from '#model/linux/protocol';
import { Session } from '#model/linux/session';
import { pack } from './story.js';

/** Fake agents answer at once: who waits for so long waits in vain. */
export const ANSWERED_MS = 3_000;

export const ONE = pack([['munlockall', 0]]);
export const done = (id: number, ended = ''): Frame => ({
  type: PROTOCOL.DONE,
  id,
  payload: Buffer.concat([Buffer.from(Int32Array.of(1).buffer), Buffer.from(ended)]),
});
export const obs = (id: number): Frame => ({
  type: PROTOCOL.OBS,
  id,
  payload: Buffer.from(Int32Array.of(0, id).buffer),
});
export const text = (type: number, id: number, said: string): Frame => ({
  type,
  id,
  payload: Buffer.from(said),
});

export class FakeAgent implements Agent {
  readonly pid = 1;
  readonly ids: number[] = [];
  readonly flags: number[] = [];
  /** Operations that each program says it has. */
  readonly counts: number[] = [];
  readonly calls: string[] = [];
  onFrame: (frame: Frame) => void = () => undefined;
  onEnd: OnEnd = () => undefined;
  readonly gone: Promise<string>;
  private goes: (why: string) => void = () => undefined;

  constructor() {
    this.gone = new Promise((resolve) => {
      this.goes = resolve;
    });
  }

  send(frame: Buffer): void {
    const ints = intsOf(frame);
    this.ids.push(ints[2] ?? NaN);
    this.flags.push(ints[6] ?? NaN);
    this.counts.push(ints[7] ?? NaN);
  }

  finish(): void {
    this.calls.push('finish');
    this.goes('ended');
  }

  kill(): void {
    this.calls.push('kill');
  }

  answer(...ids: readonly number[]): void {
    for (const id of ids) for (const frame of [obs(id), done(id)]) this.onFrame(frame);
  }
}

export function session(
  agents: FakeAgent[],
  { eager = false, lanes = 1, patienceMs = 60_000 } = {},
): { session: Session; starts: () => number } {
  const [first = new FakeAgent(), ...others] = agents;
  let starts = 0;
  const start = async (): Promise<Agent> => {
    const next = others[starts];
    starts += 1;
    if (next === undefined) throw new Error('no other agent');
    return next;
  };
  return {
    session: new Session(first, { env: DEFAULT_ENV, eager, agents: lanes, patienceMs, start }),
    starts: () => starts,
  };
}

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
