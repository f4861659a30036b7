// Agents that are lost: whose fault it was, and who goes on.
import { describe, expect, it } from 'vitest';
import { AgentError } from '#model/linux/lane';
import { PROTOCOL } from '#model/linux/protocol';
import { ANSWERED_MS, FakeAgent, ONE, obs, session, text, turn } from './fake-agent.js';

const agentsOf = (count: number): FakeAgent[] => Array.from({ length: count }, () => new FakeAgent());
const REPORT = ['BUG: Bad page state', 'Call Trace:'];

describe('a process that cannot be killed', { timeout: ANSWERED_MS }, () => {
  it('ends its sequence and its agent, and another agent gets the rest', async () => {
    const [stuck, next] = agentsOf(2);
    const { session: here } = session([stuck, next]);
    const running = here.run([ONE, ONE]);
    await turn();
    stuck.onFrame(obs(1));
    stuck.onFrame(text(PROTOCOL.STUCK, 1, 'it cannot be killed'));
    expect(stuck.calls).toEqual(['kill']);
    await turn();
    expect(next.ids).toEqual([3]);
    // The first is heard no more.
    stuck.onEnd('the agent was killed');
    stuck.onFrame(text(PROTOCOL.BROKEN, 2, 'whatever'));
    next.answer(3);
    expect(await running).toEqual([
      { obs: Int32Array.of(0, 1), steps: 1, ended: 'it cannot be killed' },
      { obs: Int32Array.of(0, 3), steps: 1 },
    ]);
  });
});

describe('what the kernel said', { timeout: ANSWERED_MS }, () => {
  it('is told with the sequence at hand', async () => {
    const [lost, next] = agentsOf(2);
    const { session: here } = session([lost, next]);
    const running = here.run([ONE, ONE]);
    await turn();
    lost.onEnd('the kernel said: BUG', REPORT);
    await turn();
    next.answer(3);
    expect(await running).toEqual([
      { obs: new Int32Array(0), steps: 0, ended: 'the kernel said: BUG', alarm: REPORT },
      { obs: Int32Array.of(0, 3), steps: 1 },
    ]);
    next.onEnd('the agent was killed');
    expect(here.agentPids).toEqual([]);
  });

  it('when no sequence was at hand is told to whoever asks next', async () => {
    const agents = agentsOf(2);
    const { session: here, starts } = session(agents);
    const running = here.run([ONE]);
    await turn();
    agents[0].answer(1);
    await running;
    agents[0].onEnd('the kernel said: BUG', REPORT);
    const late = here.run([ONE]);
    await expect(late).rejects.toThrow('after its last answer the kernel said: BUG');
    await expect(late).rejects.toBeInstanceOf(AgentError);
    expect(starts()).toBe(0);
  });
});

describe('agents that are lost one after the other', { timeout: ANSWERED_MS }, () => {
  it('are no reason to give up as long as there are answers in between', async () => {
    const agents = agentsOf(6);
    const { session: here } = session(agents);
    const running = here.run(Array.from({ length: 10 }, () => ONE));
    for (const agent of agents.slice(0, -1)) {
      await turn();
      agent.answer(agent.ids[0]);
      agent.onEnd('the agent was killed');
    }
    await turn();
    // Five were answered, five were lost.
    expect((await running).filter(({ ended }) => ended === undefined)).toHaveLength(5);
    expect(agents[5].ids).toEqual([]);
  });

  it('are counted anew after giving up', async () => {
    const agents = agentsOf(6);
    const { session: here } = session(agents);
    for (const three of [agents.slice(0, 3), agents.slice(3)]) {
      const running = here.run(Array.from({ length: 4 }, () => ONE));
      const failed = expect(running).rejects.toThrow('the agent was killed, again and again');
      for (const agent of three) {
        await turn();
        agent.onEnd('the agent was killed');
      }
      await failed;
      await expect(running).rejects.toMatchObject({ name: 'AgentError' });
    }
  });
});

describe('patience', { timeout: ANSWERED_MS }, () => {
  it('begins anew with each frame', async () => {
    const [agent] = agentsOf(1);
    const { session: here } = session([agent], { patienceMs: 200 });
    const running = here.run([ONE]);
    await turn();
    for (let i = 0; i < 4; i++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      agent.onFrame(obs(1));
    }
    agent.answer(1);
    await running;
    expect(agent.calls).toEqual([]);
  });

  it('is not made longer by what is sent', async () => {
    const agents = agentsOf(2);
    const { session: here } = session(agents, { patienceMs: 200 });
    const running = [here.run([ONE])];
    for (let i = 0; i < 2; i++) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      running.push(here.run([ONE]));
    }
    expect(agents[0].calls).toEqual(['kill']);
    await turn();
    agents[1].answer(...agents[1].ids);
    expect((await Promise.all(running)).map(([{ ended }]) => ended)).toEqual([
      'the agent was silent for 200 ms',
      undefined,
      undefined,
    ]);
  });

  it('is over with the session', async () => {
    const [agent] = agentsOf(1);
    const { session: here } = session([agent], { patienceMs: 20 });
    const failed = expect(here.run([ONE])).rejects.toThrow('the System is closed');
    await turn();
    await here.close();
    await failed;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(agent.calls).toEqual(['kill', 'finish']);
  });
});

describe('an agent that has not been asked anything', { timeout: ANSWERED_MS }, () => {
  it('may find itself wrong', async () => {
    const [agent] = agentsOf(1);
    const { session: here } = session([agent]);
    agent.onFrame(text(PROTOCOL.BROKEN, 0, 'a fault'));
    expect(here.agentPids).toEqual([1]);
  });
});

describe('an agent that finds itself wrong at a sequence', { timeout: ANSWERED_MS }, () => {
  it('is believed in nothing else', async () => {
    const [agent] = agentsOf(1);
    const { session: here } = session([agent]);
    const failed = [1, 2].map(() => expect(here.run([ONE])).rejects.toThrow('a fault'));
    await turn();
    agent.onFrame(text(PROTOCOL.BROKEN, 1, 'a fault'));
    await Promise.all(failed);
  });
});

describe('an answer to what has never been asked', { timeout: ANSWERED_MS }, () => {
  it('is passed over', async () => {
    const [agent] = agentsOf(1);
    const { session: here } = session([agent]);
    const running = here.run([ONE]);
    await turn();
    agent.answer(9);
    agent.onFrame(text(PROTOCOL.REFUSED, 8, 'no such kind'));
    agent.answer(1);
    expect(await running).toEqual([{ obs: Int32Array.of(0, 1), steps: 1 }]);
  });
});
