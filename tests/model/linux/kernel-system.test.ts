// A kernel behind agents as a System: what it is, what it is started with, and why it is not.
import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#model/alphabet/observations';
import { NoAgentError } from '#model/linux/compile';
import type { KernelFacts } from '#model/linux/facts';
import { intsOf } from '#model/linux/frames';
import { type AgentSource, type KernelOptions, kernelSystem, limitsOf } from '#model/linux/kernel-system';
import { PROTOCOL } from '#model/linux/protocol';
import { done, FakeAgent, ONE, text } from './fake-agent.js';
import { IN_VAIN } from './fake-programs.js';
import { pack } from './story.js';

const FACTS: KernelFacts = {
  release: '6.1.0-56-cloud-amd64',
  build: '#1 SMP Debian 6.1.192-2',
  cpus: 2,
  paranoid: 2,
  mlockKb: 516,
  uid: 0,
  privileged: true,
  pku: false,
  thp: true,
  ksm: false,
  direct: true,
  gift: 129,
  aux: 'none',
};

/** An agent that answers each program with these observations, or as it is told. */
class Answering extends FakeAgent {
  readonly sent: Int32Array[] = [];

  constructor(private readonly reply: (agent: Answering, id: number, ops: Int32Array) => void) {
    super();
  }

  override send(frame: Buffer): void {
    super.send(frame);
    const ints = intsOf(frame);
    this.sent.push(ints);
    queueMicrotask(() => this.reply(this, ints[2], ints.subarray(PROTOCOL.HEADER_INTS + PROTOCOL.RUN_INTS)));
  }

  observe(id: number, ...obs: number[]): void {
    const payload = Buffer.from(Int32Array.from(obs).buffer);
    this.onFrame({ type: PROTOCOL.OBS, id, payload });
    const steps = Buffer.from(Int32Array.of(obs.length / 2).buffer);
    this.onFrame({ type: PROTOCOL.DONE, id, payload: steps });
  }
}

const EXEC_AND_HEADROOM = pack([
  ['exec', 0],
  ['headroom', 0],
]);

/** An agent on which everything works, of a user with this headroom. */
const working = (headroom: number): Answering =>
  new Answering((agent, id, ops) => {
    if (ops.length === EXEC_AND_HEADROOM.length) agent.observe(id, 0, 0, 0, headroom);
    else agent.observe(id, 0, 0);
  });

function sourceOf(
  agents: readonly FakeAgent[],
  facts: Partial<KernelFacts> = {},
  more: Partial<AgentSource> = {},
) {
  let starts = 0;
  const source: AgentSource = {
    limits: limitsOf({}),
    agents: 3,
    patienceMs: 60_000,
    machine: () => 'a test',
    start: async () => ({ agent: agents[starts++], facts: { ...FACTS, ...facts } }),
    ...more,
  };
  return { source, starts: () => starts };
}

const open = (agent: FakeAgent, facts: Partial<KernelFacts> = {}, options: KernelOptions = {}) =>
  kernelSystem(sourceOf([agent], facts).source, options);

describe('a kernel', IN_VAIN, () => {
  it('is what its agent says of it', async () => {
    const system = await open(working(18));
    expect({ ...system, run: undefined, close: undefined }).toEqual({
      id: 'linux-6.1.0-56-cloud-amd64',
      upstream: '6.1.192',
      env: { gift: 12, rlimit: 6, paranoid: 2, pku: false, thp: true, ksm: false, aux: false },
      facts: FACTS,
      machine: 'a test',
      agentPids: [1],
      run: undefined,
      close: undefined,
    });
    expect(await system.run([ONE])).toMatchObject([{ steps: 1, obs: Int32Array.of(0, 0) }]);
    await system.close();
    await expect(system.run([ONE])).rejects.toThrow('the System is closed');
  });

  it('has no other version where its release is that of Linux', async () => {
    const system = await open(working(18), { release: '6.1.192', build: '#1 SMP Debian 6.1.192-2' });
    expect(system).not.toHaveProperty('upstream');
  });

  it('is tried out in its environment, which can be chosen', async () => {
    const agent = working(9);
    const { env } = await open(
      agent,
      { pku: true, thp: false, ksm: true, paranoid: 1 },
      { gift: 4, rlimit: 5 },
    );
    expect(env).toEqual({ gift: 4, rlimit: 5, paranoid: 1, pku: true, thp: false, ksm: true, aux: false });
    const [tried] = agent.sent;
    expect(tried.subarray(PROTOCOL.HEADER_INTS + PROTOCOL.RUN_INTS)).toEqual(EXEC_AND_HEADROOM);
    expect(tried.subarray(PROTOCOL.HEADER_INTS, PROTOCOL.HEADER_INTS + 2)).toEqual(Int32Array.of(4, 5));
  });

  it('has no bounds for its users where paranoid is -1 or less', async () => {
    for (const paranoid of [-1, -2]) {
      await expect(open(working(18), { paranoid })).rejects.toThrow('0,0,0,18 instead of');
      expect((await open(working(UNLIMITED), { paranoid })).env.paranoid).toBe(paranoid);
    }
    expect((await open(working(18), { paranoid: 0 })).env.paranoid).toBe(0);
  });

  it('has each observation at once when it is asked to', async () => {
    const [lazy, eager] = [working(18), working(18)];
    await open(lazy);
    await open(eager, {}, { eager: true });
    expect(lazy.flags).toEqual([0]);
    expect(eager.flags).toEqual([PROTOCOL.EAGER]);
  });
});

describe('agents', IN_VAIN, () => {
  const all = (): Answering[] => [18, 18, 18, 18, 18].map(working);
  const MANY = Array.from({ length: 40 }, () => ONE);

  it('run beside each other where they have privilege', async () => {
    const { source, starts } = sourceOf(all());
    const system = await kernelSystem(source, {});
    expect(starts()).toBe(1);
    await system.run(MANY);
    expect(starts()).toBe(3);
    expect(system.agentPids).toEqual([1, 1, 1]);
  });

  it('run one at a time where they have none', async () => {
    const { source, starts } = sourceOf(all(), { privileged: false });
    await (await kernelSystem(source, {})).run(MANY);
    expect(starts()).toBe(1);
  });

  it('that are silent are given up after the patience of their source', async () => {
    const silent = new Answering(() => undefined);
    const agents = [working(18), silent];
    const { source } = sourceOf(agents, { privileged: false }, { patienceMs: 20 });
    const first = agents[0];
    const system = await kernelSystem(source, {});
    let killed = false;
    first.send = () => undefined;
    first.kill = () => {
      killed = true;
      first.onEnd('it was killed');
    };
    const running = system.run([ONE]);
    expect(await running).toMatchObject([{ steps: 0, ended: 'the agent was silent for 20 ms' }]);
    expect(killed).toBe(true);
  });
});

describe('a kernel is not used', IN_VAIN, () => {
  it.each([
    [{ gift: 65 }, 'gift is 65, not a whole number from 0 to 64'],
    [{ gift: -1 }, 'gift is -1, not a whole number from 0 to 64'],
    [{ rlimit: 0.5 }, 'rlimit is 0.5, not a whole number from 0 to 64'],
    [{ rlimit: Number.NaN }, 'rlimit is NaN, not a whole number from 0 to 64'],
  ])('with %j, before an agent is started', async (options, why) => {
    const { source, starts } = sourceOf([working(18)]);
    await expect(kernelSystem(source, options)).rejects.toThrow(new RangeError(why));
    expect(starts()).toBe(0);
  });

  it('and may have the least and the most', async () => {
    expect((await open(working(64), {}, { gift: 0, rlimit: 64 })).env).toMatchObject({ gift: 0, rlimit: 64 });
    expect((await open(working(64), {}, { gift: 64, rlimit: 0 })).env).toMatchObject({ gift: 64, rlimit: 0 });
  });

  /** Why it is not, and what became of its agent. */
  async function refused(agent: FakeAgent): Promise<string> {
    const error: unknown = await open(agent).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(NoAgentError);
    expect(agent.calls).not.toEqual([]);
    return String(error);
  }

  it('when it answers otherwise than it says', async () => {
    const why = await refused(working(17));
    expect(why).toBe('NoAgentError: the agent does not work here: 0,0,0,17 instead of 0,0,0,18');
  });

  it('when trying it out does not come to an end', async () => {
    const agent = new Answering((self, id) => self.onFrame(done(id, 'no time.')));
    expect(await refused(agent)).toBe('NoAgentError: the agent does not work here: no time.');
  });

  it('when its agent finds itself wrong', async () => {
    const agent = new Answering((self, id) => self.onFrame(text(PROTOCOL.BROKEN, id, 'a fault.')));
    expect(await refused(agent)).toBe('NoAgentError: a fault.');
  });
});

it('time limits are those of the options, else 5 and 60 s', () => {
  expect(limitsOf({})).toEqual({ operationMs: 5_000, sequenceMs: 60_000 });
  expect(limitsOf({ limits: { operationMs: 7 } })).toEqual({ operationMs: 7, sequenceMs: 60_000 });
});
