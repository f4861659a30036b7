import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { AgentError } from '#model/linux/lane';
import { PROTOCOL } from '#model/linux/protocol';
import { Session } from '#model/linux/session';
import { ANSWERED_MS, done, FakeAgent, ONE, obs, session, text, turn } from './fake-agent.js';

describe('a session', { timeout: ANSWERED_MS }, () => {
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
    await expect(here.run([new Int32Array(7)])).rejects.toThrow(
      `7 ints are no trace of at most ${PROTOCOL.MAX_STEPS} operations`,
    );
    await expect(here.run([new Int32Array((PROTOCOL.MAX_STEPS + 1) * 8)])).rejects.toThrow(RangeError);
  });

  it('takes a trace of as many operations as there can be', async () => {
    const agent = new FakeAgent();
    const running = session([agent]).session.run([new Int32Array(PROTOCOL.MAX_STEPS * 8)]);
    await turn();
    expect(agent.counts).toEqual([PROTOCOL.MAX_STEPS]);
    agent.answer(1);
    expect(await running).toHaveLength(1);
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

describe('when the agent is lost', { timeout: ANSWERED_MS }, () => {
  it('the sequence at hand ends, and another agent gets the rest', async () => {
    const agents = [new FakeAgent(), new FakeAgent()];
    const { session: here } = session(agents);
    const running = here.run([ONE, ONE, ONE]);
    await turn();
    agents[0]?.answer(1);
    agents[0]?.onFrame(obs(2));
    agents[0]?.onEnd('the agent was killed');
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
    agents[0]?.onEnd('the agent was killed');
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
    agents[0]?.onEnd('the agent was killed');
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
      agent.onEnd('the agent was killed');
    }
    await failed;
    expect(starts()).toBe(2);
  });

  it('and there is no other, everything that waits fails with the reason', async () => {
    const agent = new FakeAgent();
    const { session: here } = session([agent]);
    const failed = expect(here.run([ONE, ONE])).rejects.toThrow('no other agent');
    await turn();
    agent.onEnd('the agent was killed');
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
    agent.onEnd('the agent was killed');
    await failed;
  });
});
