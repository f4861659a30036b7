// Programs and frames that are wrong in every place: each is answered, and the agent lives on.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentProgram } from '#model/linux/compile';
import { encodeFrame, intsOf } from '#model/linux/frames';
import { PROTOCOL } from '#model/linux/protocol';
import { HELLO, RawAgent, runFrame } from './raw-agent.js';
import { pack } from './story.js';
import { sample } from './traces.js';

let agent: RawAgent;
let id = 0;
beforeAll(async () => {
  agent = await RawAgent.open();
});
afterAll(() => agent?.finish());

const GOOD = pack([
  ['mmap', 0, { fd: -1, page: 0, npages: 1, prot: 3, flags: 'private' }],
  ['store', 0, { page: 0, value: 20 }],
  ['load', 0, { page: 0 }],
]);

async function answerTo(frame: (id: number) => Buffer): Promise<{ type: number; text: string }> {
  id += 1;
  agent.send(frame(id));
  const { type, payload } = await agent.answered(id);
  agent.frames.length = 0;
  return { type, text: payload.toString('utf8', type === PROTOCOL.DONE ? 4 : 0) };
}

async function expectAlive(): Promise<void> {
  expect(await answerTo((at) => runFrame(at, GOOD))).toEqual({ type: PROTOCOL.DONE, text: '' });
}

describe('a program', () => {
  it.each([
    ['an unknown kind', 0, 99, 'kind 99 is not known'],
    ['a negative kind', 0, -1, 'kind -1'],
    ['an unknown process', 1, 3, 'process 3'],
    ['a page outside of the arena', 8 + 2, 32, 'outside of 0 to 31'],
    ['a negative page', 8 + 2, -1, 'outside of 0 to 31'],
    ['a range that is too long', 4, 13, 'outside of 0 to 12'],
  ])('with %s is refused', async (_, at, value, text) => {
    const ops = GOOD.slice();
    ops[at] = value;
    const answer = await answerTo((frame) => runFrame(frame, ops));
    expect(answer.type).toBe(PROTOCOL.REFUSED);
    expect(answer.text).toContain(text);
    await expectAlive();
  });

  it.each([
    ['a gift beyond its domain', { gift: 65 }],
    ['a negative gift', { gift: -1 }],
    ['a limit beyond its domain', { rlimit: 65 }],
    ['unknown flags', { flags: 2 }],
  ])('with %s is refused', async (_, head) => {
    expect((await answerTo((frame) => runFrame(frame, GOOD, head))).type).toBe(PROTOCOL.REFUSED);
    await expectAlive();
  });

  it.each([
    ['more operations than it holds', [12, 6, 0, 4]],
    ['fewer operations than it holds', [12, 6, 0, 2]],
    ['a negative number of operations', [12, 6, 0, -1]],
    ['operations beyond any limit', [12, 6, 0, 0x7fffffff]],
  ])('that says %s is refused', async (_, head) => {
    const answer = await answerTo((frame) => encodeFrame(PROTOCOL.RUN, frame, head, GOOD));
    expect(answer).toEqual({
      type: PROTOCOL.REFUSED,
      text: expect.stringContaining('operations do not make'),
    });
    await expectAlive();
  });

  it('without a head, and a frame of another type, are refused', async () => {
    expect((await answerTo((frame) => encodeFrame(PROTOCOL.RUN, frame, [12, 6]))).text).toContain(
      'too short',
    );
    expect((await answerTo((frame) => encodeFrame(PROTOCOL.DONE, frame, []))).text).toContain(
      'not a RUN frame',
    );
    await expectAlive();
  });

  it('may be empty, and may be as long as can be', async () => {
    expect((await answerTo((frame) => runFrame(frame, new Int32Array(0)))).type).toBe(PROTOCOL.DONE);
    const longest = new Int32Array(PROTOCOL.MAX_STEPS * 8).map((_, i) => GOOD[16 + (i % 8)] ?? 0);
    expect(await answerTo((frame) => runFrame(frame, longest))).toEqual({ type: PROTOCOL.DONE, text: '' });
    const longer = new Int32Array(PROTOCOL.MAX_STEPS * 8 + 8);
    expect((await answerTo((frame) => runFrame(frame, longer))).type).toBe(PROTOCOL.REFUSED);
    await expectAlive();
  });

  it('with any word changed is answered or refused, thousands of times', async () => {
    const words = fc.oneof(
      fc.integer({ min: -3, max: 70 }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 4096, 65536),
    );
    const change = fc.tuple(fc.nat(), words);
    const changes = fc.sample(fc.array(change, { minLength: 1, maxLength: 3 }), { numRuns: 4000, seed: 11 });
    const good = sample(200, 12, 12).filter((ops) => ops.length > 0);
    const first = id + 1;
    changes.forEach((wrong, i) => {
      const ops = (good[i % good.length] ?? GOOD).slice();
      for (const [at, word] of wrong) ops[at % ops.length] = word;
      id += 1;
      agent.send(runFrame(id, ops));
    });
    await agent.answered(id);
    const counts = new Map<number, number>();
    const answers = agent.frames.filter(({ type }) => type !== PROTOCOL.OBS);
    for (const { type } of answers) counts.set(type, (counts.get(type) ?? 0) + 1);
    expect(answers.map((frame) => frame.id)).toEqual(changes.map((_, i) => first + i));
    expect([...counts.keys()].sort()).toEqual([PROTOCOL.DONE, PROTOCOL.REFUSED]);
    expect(Math.min(...counts.values())).toBeGreaterThan(500);
    const early = answers.filter(({ type, payload }) => type === PROTOCOL.DONE && payload.length > 4);
    expect(early.map(({ payload }) => payload.toString('utf8', 4))).toEqual([]);
    agent.frames.length = 0;
    await expectAlive();
  }, 120_000);
});

describe('bytes that are no frame', () => {
  it('are passed over, and named once', async () => {
    const noise = fc.sample(fc.uint8Array({ minLength: 16, maxLength: 300 }), { numRuns: 200, seed: 13 });
    for (const bytes of noise) {
      agent.send(Buffer.from(bytes));
      await expectAlive();
    }
    agent.send(Buffer.alloc(1000, 'noise'));
    id += 1;
    agent.send(runFrame(id, GOOD));
    await agent.answered(id);
    expect(agent.frames.filter(({ type }) => type === PROTOCOL.REFUSED)).toHaveLength(1);
    agent.frames.length = 0;
  });

  it('may be a header with a length that cannot be', async () => {
    for (const length of [-4, 3, PROTOCOL.MAX_PAYLOAD + 4, 0x7fffffff]) {
      agent.send(Buffer.from(Int32Array.of(PROTOCOL.MAGIC, PROTOCOL.RUN, 0, length).buffer));
      await expectAlive();
    }
  });
});

describe('the greeting', () => {
  it.each([
    ['another version', encodeFrame(PROTOCOL.HELLO, 0, [PROTOCOL.VERSION + 1, intsOf(HELLO)[5] ?? 0, 5, 5])],
    ['another alphabet', encodeFrame(PROTOCOL.HELLO, 0, [PROTOCOL.VERSION, 1, 5, 5])],
    ['a program', runFrame(1, GOOD)],
  ])('%s ends the agent, which says why', async (_, bytes) => {
    const stranger = new RawAgent(await agentProgram());
    stranger.send(bytes);
    expect(await stranger.ended).toBe('1');
    expect(stranger.frames.map(({ type }) => type)).toEqual([PROTOCOL.BROKEN]);
    expect(stranger.frames[0]?.payload.toString()).toContain('another version');
  });

  it('that never comes, or a stream that ends, ends the agent', async () => {
    const lonely = new RawAgent(await agentProgram());
    lonely.finish();
    expect(await lonely.ended).toBe('1');
    const greeted = await RawAgent.open();
    greeted.finish();
    expect(await greeted.ended).toBe('0');
  });
});
