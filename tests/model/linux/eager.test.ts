// Observations that are sent at once: the same ones, each before the next operation is done.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HostSystem, openHost } from '#model/linux/host';
import { PROTOCOL } from '#model/linux/protocol';
import { RawAgent, runFrame } from './raw-agent.js';
import { pack, type Step } from './story.js';
import { sample } from './traces.js';

let eager: HostSystem;
let lazy: HostSystem;
beforeAll(async () => {
  [eager, lazy] = await Promise.all([openHost({ eager: true }), openHost()]);
});
afterAll(() => Promise.all([eager?.close(), lazy?.close()]));

it('are those that come at the end otherwise', async () => {
  const traces = sample(300, 40, 21);
  expect(await eager.run(traces)).toEqual(await lazy.run(traces));
}, 60_000);

it('come one by one, also from exec, fork and exit', async () => {
  const steps: Step[] = [
    ['munlockall', 0],
    ['fork', 0, { child: 1 }],
    ['exec', 1],
    ['status', 1],
    ['exit', 0],
    ['exit', 1],
    ['load', 2, { page: 0 }],
  ];
  const agent = await RawAgent.open();
  agent.send(runFrame(1, pack(steps), { flags: PROTOCOL.EAGER }));
  await agent.answered(1);
  agent.finish();
  const sizes = agent.frames
    .filter(({ type }) => type === PROTOCOL.OBS)
    .map(({ payload }) => payload.length / 4);
  expect(sizes).toEqual([2, 2, 2, 4, 2, 2, 2]);
});
