// Sequences over an agent that answers, refuses, breaks or vanishes as the test says.
import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { type Frame, intsOf } from '#model/linux/frames';
import { type Agent, AgentError } from '#model/linux/lane';
import { PROTOCOL } from '#model/linux/protocol';
import { Session } from '#model/linux/session';
import { pack } from './story.js';

const ONE = pack([['munlockall', 0]]);
const done = (id: number, ended = ''): Frame => ({
  type: PROTOCOL.DONE,
  id,
  payload: Buffer.concat([Buffer.from(Int32Array.of(1).buffer), Buffer.from(ended)]),
});
const obs = (id: number): Frame => ({
  type: PROTOCOL.OBS,
  id,
  payload: Buffer.from(Int32Array.of(0, id).buffer),
});
const text = (type: number, id: number, said: string): Frame => ({ type, id, payload: Buffer.from(said) });

class FakeAgent implements Agent {
  readonly pid = 1;
  readonly ids: number[] = [];
  readonly flags: number[] = [];
  readonly calls: string[] = [];
  onFrame: (frame: Frame) => void = () => undefined;
  onEnd: (why: string) => void = () => undefined;
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

function session(
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

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a session', () => {
  it('sends a few sequences ahead, and the next ones as answers come', async () => {
    const agent = new FakeAgent();
    const running = session([agent]).session.run(Array.from({ length: 100 }, () => ONE));
    await turn();
    expect(agent.ids).toHaveLength(4);
    agent.answer(1, 2, 3);
    expect(agent.ids).toHaveLength(7);
    for (let id = 4; id <= 100; id += 1) agent.answer(id);
    expect((await running).map((recording) => recording.obs[1])).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
  });

  it('says why a sequence ended early', async () => {
    const agent = new FakeAgent();
    const running = session([agent]).session.run([ONE]);
    await turn();
    agent.onFrame(done(1, 'out of time'));
    expect(await running).toEqual([{ obs: new Int32Array(0), steps: 0, ended: 'out of time' }]);
  });

  it('asks for each observation at once only when told to', async () => {
    const [eager, lazy] = [new FakeAgent(), new FakeAgent()];
    void session([eager], { eager: true }).session.run([ONE]);
    void session([lazy]).session.run([ONE]);
    await turn();
    expect([eager.flags, lazy.flags]).toEqual([[PROTOCOL.EAGER], [0]]);
  });

  it('takes only what is a trace', async () => {
    const { session: here } = session([new FakeAgent()]);
    await expect(here.run([new Int32Array(7)])).rejects.toThrow(RangeError);
    await expect(here.run([new Int32Array((PROTOCOL.MAX_STEPS + 1) * 8)])).rejects.toThrow(RangeError);
  });

  it('fails a program that is refused, and no other', async () => {
    const agent = new FakeAgent();
    const { session: here } = session([agent]);
    const refused = expect(here.run([ONE])).rejects.toThrow('the agent refuses a program: no such kind');
    const other = here.run([ONE]);
    await turn();
    agent.onFrame(text(PROTOCOL.REFUSED, 1, 'no such kind'));
    agent.answer(2);
    await refused;
    expect((await other)[0]?.steps).toBe(1);
  });

  it.each([
    ['the agent is wrong', text(PROTOCOL.BROKEN, 1, 'a fault elsewhere')],
    ['it did not understand', text(PROTOCOL.REFUSED, 0, 'no frame here: a fault elsewhere')],
  ])('fails loudly when %s', async (_, frame) => {
    const agent = new FakeAgent();
    const { session: here } = session([agent]);
    const running = here.run([ONE, ONE]);
    const failed = expect(running).rejects.toThrow('a fault elsewhere');
    await turn();
    agent.onFrame(frame);
    await failed;
    await expect(running).rejects.toBeInstanceOf(AgentError);
  });
});

describe('when the agent is lost', () => {
  it('the sequence at hand ends, and another agent gets the rest', async () => {
    const agents = [new FakeAgent(), new FakeAgent()];
    const { session: here } = session(agents);
    const running = here.run([ONE, ONE, ONE]);
    await turn();
    agents[0]?.answer(1);
    agents[0]?.onFrame(obs(2));
    agents[0]?.onEnd('was killed');
    expect(here.agentPids).toEqual([]);
    await turn();
    expect(agents[1]?.ids).toEqual([4]);
    agents[1]?.answer(4);
    const [, lost, last] = await running;
    expect(lost).toEqual({ obs: Int32Array.of(0, 2), steps: 1, ended: 'the agent was killed' });
    expect(last?.ended).toBeUndefined();
  });

  it('no other starts before there is something to do', async () => {
    const agents = [new FakeAgent(), new FakeAgent()];
    const { session: here, starts } = session(agents);
    agents[0]?.onEnd('was killed');
    await turn();
    expect(starts()).toBe(0);
    const running = here.run([ONE]);
    await turn();
    expect(starts()).toBe(1);
    agents[1]?.answer(1);
    expect((await running)[0]?.steps).toBe(1);
  });

  it('or says nothing for too long, it is given up', async () => {
    const agents = [new FakeAgent(), new FakeAgent()];
    const { session: here } = session(agents, { patienceMs: 30 });
    const running = here.run([ONE, ONE]);
    await turn();
    agents[0]?.onFrame(obs(1));
    const started = Date.now();
    while (agents[1]?.ids.length === 0) await turn();
    expect(Date.now() - started).toBeGreaterThanOrEqual(25);
    expect(agents[0]?.calls).toEqual(['kill']);
    // It is heard no more.
    agents[0]?.answer(2);
    agents[0]?.onEnd('was killed');
    agents[1]?.answer(3);
    const [lost, last] = await running;
    expect(lost).toEqual({ obs: Int32Array.of(0, 1), steps: 1, ended: 'the agent was silent for 30 ms' });
    expect(last).toEqual({ obs: Int32Array.of(0, 3), steps: 1 });
  });

  it('may be silent when it has nothing to do', async () => {
    const agent = new FakeAgent();
    const { session: here } = session([agent], { patienceMs: 20 });
    const running = here.run([ONE]);
    await turn();
    agent.answer(1);
    await running;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(agent.calls).toEqual([]);
    expect(here.agentPids).toEqual([1]);
  });

  it('and lost again without an answer, it gives up', async () => {
    const agents = Array.from({ length: 5 }, () => new FakeAgent());
    const { session: here, starts } = session(agents);
    const failed = expect(here.run(Array.from({ length: 9 }, () => ONE))).rejects.toThrow('again and again');
    for (const agent of agents.slice(0, 3)) {
      await turn();
      agent.onEnd('was killed');
    }
    await failed;
    expect(starts()).toBe(2);
  });

  it('and there is no other, everything that waits fails with the reason', async () => {
    const agent = new FakeAgent();
    const { session: here } = session([agent]);
    const failed = expect(here.run([ONE, ONE])).rejects.toThrow('no other agent');
    await turn();
    agent.onEnd('was killed');
    await failed;
  });

  it('whatever it is that the start throws', async () => {
    const agent = new FakeAgent();
    const here = new Session(agent, {
      env: DEFAULT_ENV,
      eager: false,
      agents: 1,
      patienceMs: 60_000,
      start: () => Promise.reject('just text'),
    });
    const failed = expect(here.run([ONE, ONE])).rejects.toThrow('just text');
    await turn();
    agent.onEnd('was killed');
    await failed;
  });
});

describe('several agents', () => {
  it('share the work, each with a little of it', async () => {
    const agents = [new FakeAgent(), new FakeAgent(), new FakeAgent()];
    const { session: here, starts } = session(agents, { lanes: 3 });
    const running = here.run(Array.from({ length: 20 }, () => ONE));
    await turn();
    expect(agents.map(({ ids }) => ids.length)).toEqual([4, 4, 4]);
    expect(here.agentPids).toEqual([1, 1, 1]);
    for (let id = 1; id <= 12; id += 1) agents[0]?.answer(id);
    for (const other of agents.slice(1)) other.answer(1, 2, 3, 4);
    expect(await running).toHaveLength(20);
    expect(starts()).toBe(2);
  });

  it('are not started for work that one can do', async () => {
    const agents = [new FakeAgent(), new FakeAgent()];
    const { session: here, starts } = session(agents, { lanes: 2 });
    const running = here.run([ONE, ONE, ONE, ONE]);
    await turn();
    agents[0]?.answer(1, 2, 3, 4);
    await running;
    expect(starts()).toBe(0);
  });

  it('may be fewer than wanted', async () => {
    const agents = [new FakeAgent(), new FakeAgent()];
    const { session: here, starts } = session(agents, { lanes: 4 });
    const running = here.run(Array.from({ length: 30 }, () => ONE));
    await turn();
    for (let id = 1; id <= 15; id += 1) for (const agent of agents) agent.answer(id);
    expect(await running).toHaveLength(30);
    expect(starts()).toBe(3);
  });

  it('when one is wrong, what the others have fails too, and their answers are passed over', async () => {
    const agents = [new FakeAgent(), new FakeAgent()];
    const { session: here } = session(agents, { lanes: 2 });
    const failed = expect(here.run(Array.from({ length: 9 }, () => ONE))).rejects.toThrow('a fault');
    await turn();
    agents[1]?.onFrame(text(PROTOCOL.BROKEN, 1, 'a fault'));
    await failed;
    const running = here.run([ONE]);
    await turn();
    agents[0]?.answer(1, 2, 3, 4);
    agents[0]?.onFrame(text(PROTOCOL.REFUSED, 4, 'not this'));
    agents[0]?.answer(5);
    expect(await running).toEqual([{ obs: Int32Array.of(0, 5), steps: 1 }]);
  });
});

describe('close', () => {
  it('lets an idle agent finish, and kills a busy one', async () => {
    const [idle, busy] = [new FakeAgent(), new FakeAgent()];
    await session([idle]).session.close();
    expect(idle.calls).toEqual(['finish']);
    const { session: here } = session([busy]);
    const failed = expect(here.run([ONE])).rejects.toThrow('closed');
    await turn();
    await here.close();
    await failed;
    expect(busy.calls).toEqual(['kill', 'finish']);
    await expect(here.run([ONE])).rejects.toThrow('closed');
  });

  it('ends an agent that is just being started', async () => {
    const agents = [new FakeAgent(), new FakeAgent()];
    const { session: here } = session(agents);
    agents[0]?.onEnd('was killed');
    const failed = expect(here.run([ONE])).rejects.toThrow('closed');
    await here.close();
    await failed;
    expect(agents[1]?.calls).toEqual(['finish']);
  });

  it('has nothing to do when there is no agent', async () => {
    const agent = new FakeAgent();
    const { session: here } = session([agent]);
    agent.onEnd('was killed');
    await here.close();
    expect(agent.calls).toEqual([]);
  });
});
