import { describe, expect, it } from 'vitest';
import { PROTOCOL } from '#model/linux/protocol';
import { ANSWERED_MS, FakeAgent, ONE, session, text, turn } from './fake-agent.js';

describe('several agents', { timeout: ANSWERED_MS }, () => {
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

describe('close', { timeout: ANSWERED_MS }, () => {
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
    agents[0]?.onEnd('the agent was killed');
    const failed = expect(here.run([ONE])).rejects.toThrow('closed');
    await here.close();
    await failed;
    expect(agents[1]?.calls).toEqual(['finish']);
  });

  it('has nothing to do when there is no agent', async () => {
    const agent = new FakeAgent();
    const { session: here } = session([agent]);
    agent.onEnd('the agent was killed');
    await here.close();
    expect(agent.calls).toEqual([]);
  });
});
