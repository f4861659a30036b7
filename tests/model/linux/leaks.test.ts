// What a thousand sequences leave behind, and whether they answer the same twice.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HostSystem, openHost } from '#model/linux/host';
import { childrenOf, descriptorsOf } from './raw-agent.js';
import { pack, type Step } from './story.js';
import { sample } from './traces.js';

let host: HostSystem;
beforeAll(async () => {
  host = await openHost({ agents: 1 });
});
afterAll(() => host?.close());

const agentPid = (): number => host.agentPids[0] ?? NaN;
const mappingsOf = (pid: number): number => readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n').length;

it('descriptors, mappings and children of the agent are the same after 1,000 sequences', async () => {
  await host.run(sample(20, 30, 1));
  const before = { fds: descriptorsOf(agentPid()), mappings: mappingsOf(agentPid()), pid: agentPid() };
  const recordings = await host.run(sample(1000, 30, 2));
  expect(recordings.filter(({ ended }) => ended !== undefined)).toEqual([]);
  expect(childrenOf(agentPid())).toEqual([]);
  expect({ fds: descriptorsOf(agentPid()), mappings: mappingsOf(agentPid()), pid: agentPid() }).toEqual(
    before,
  );
});

it('a sequence has the descriptors that it opens, and no others', async () => {
  // Each step takes the lowest number: a leak in a process moves them up until none is left below the agent's own.
  const step: Step[] = [
    ['open', 0, { fd: 0 }],
    ['dup', 0, { fd: 0, newfd: 1 }],
    ['headroom', 0],
    ['mem_read', 0, { target: 0, page: 0 }],
    ['maps', 0],
    ['status', 0],
    ['exec', 0],
    ['close', 0, { fd: 0 }],
    ['close', 0, { fd: 1 }],
  ];
  const ops = pack(Array.from({ length: 300 }, () => step).flat());
  const [recording] = await host.run([ops]);
  expect(recording?.ended).toBeUndefined();
  const [first] = await host.run([pack(step)]);
  expect(recording?.obs.slice(-(first?.obs.length ?? 0))).toEqual(first?.obs);
}, 60_000);

it('the same sequences answer the same twice', async () => {
  const traces = sample(600, 60, 3);
  const once = await host.run(traces);
  expect(once.reduce((sum, { steps }) => sum + steps, 0)).toBeGreaterThan(10_000);
  expect(await host.run(traces)).toEqual(once);
}, 60_000);
