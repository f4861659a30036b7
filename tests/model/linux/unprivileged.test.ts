// The agent as an ordinary user: what it can do then, and what it says of the rest.
import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UNOBSERVED } from '#model/alphabet/observations';
import { AGENT_NAME, agentProgram } from '#model/linux/compile';
import { parseFacts } from '#model/linux/facts';
import { intsOf } from '#model/linux/frames';
import { PROTOCOL } from '#model/linux/protocol';
import { HELLO, RawAgent, runFrame } from './raw-agent.js';
import { answersOf, pack, type Step } from './story.js';

const NOBODY = { uid: 65534, gid: 65534 };
let folder: string;
let agent: RawAgent;
let id = 0;

/** An agent of an ordinary user, greeted. */
function open(): RawAgent {
  const raw = new RawAgent(join(folder, AGENT_NAME), process.getuid?.() === 0 ? NOBODY : {});
  raw.send(HELLO);
  return raw;
}

beforeAll(async () => {
  // Where it was compiled an ordinary user may not be able to go.
  folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  await cp(dirname(await agentProgram()), folder, { recursive: true });
  await chmod(folder, 0o755);
  agent = open();
});
afterAll(async () => {
  agent.finish();
  await agent.ended;
  await rm(folder, { recursive: true });
});

async function pairs(
  steps: readonly Step[],
  head = {},
  here = agent,
): Promise<(readonly [number, number])[]> {
  const ops = pack(steps);
  id += 1;
  const own = id;
  here.send(runFrame(own, ops, head));
  const done = await here.answered(own);
  expect(done.payload.toString('utf8', 4)).toBe('');
  const obs = here.frames.filter((frame) => frame.id === own && frame.type === PROTOCOL.OBS);
  const recording = {
    obs: intsOf(Buffer.concat(obs.map(({ payload }) => payload))),
    steps: done.payload.readInt32LE(0),
  };
  return answersOf(ops, recording).map(({ status, value }) => [status, value] as const);
}

it('says so', async () => {
  const { payload } = await agent.until(({ type }) => type === PROTOCOL.FACTS);
  const facts = parseFacts(payload.toString());
  expect(facts.privileged).toBe(false);
  expect(facts.uid).not.toBe(0);
});

it('answers UNOBSERVED for what needs privilege, and goes on', async () => {
  const steps: Step[] = [
    ['setuid', 0, { user: 1 }],
    ['cap', 0, { on: 'on' }],
    ['mmap', 0, { fd: -1, page: 0, npages: 1, prot: 3, flags: 'private' }],
    ['store', 0, { page: 0, value: 20 }],
    ['fork', 0, { child: 1 }],
    ['vm_readv', 0, { target: 1, page: 0 }],
    ['ptrace_peek', 0, { target: 1, page: 0 }],
    ['mem_read', 0, { target: 1, page: 0 }],
    ['exec', 1],
    ['exit', 0],
    ['mem_read', 1, { target: 1, page: 0 }],
  ];
  expect(await pairs(steps)).toEqual([
    [UNOBSERVED, 0],
    [UNOBSERVED, 0],
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 20],
    [0, 20],
    [0, 20],
    [0, 0],
    [0, 0],
    [-5, 0],
  ]);
});

it('makes the gift true all the same, sequence after sequence', async () => {
  for (const gift of [12, 0, 30, 12]) {
    const mapped: Step[] = [
      ['headroom', 0],
      ['open', 0],
      ['mmap', 0, { page: 0, npages: 5, prot: 3 }],
      ['headroom', 0],
    ];
    const answers = await pairs(mapped, { gift, rlimit: 6 });
    expect([answers[0]?.[1], answers[3]?.[1]]).toEqual([gift + 6, gift + 1]);
  }
});

it('shares the gift with another agent of the user, one sequence at a time', async () => {
  const other = open();
  const filled: Step[] = [
    ['open', 0],
    ['mmap', 0, { page: 0, npages: 9, prot: 3 }],
    ...Array.from({ length: 50 }, (): Step => ['headroom', 0]),
  ];
  const ask = (gift: number, here: RawAgent): Promise<(readonly [number, number])[]> =>
    pairs(filled, { gift, rlimit: 6 }, here);
  for (let i = 0; i < 10; i += 1) {
    const both = await Promise.all([ask(12, agent), ask(40, other)]);
    expect(both.map((answers) => [...new Set(answers.slice(2).map(([, pages]) => pages))])).toEqual([
      [9],
      [37],
    ]);
  }
  other.finish();
  await other.ended;
});
