// O_DIRECT needs a file system that transfers to and from the pages themselves; tmpfs copies.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UNOBSERVED } from '#model/alphabet/observations';
import { parseFacts } from '#model/linux/facts';
import { intsOf } from '#model/linux/frames';
import { PROTOCOL } from '#model/linux/protocol';
import { RawAgent, runFrame } from './raw-agent.js';
import { pack } from './story.js';

let agent: RawAgent;
beforeAll(async () => {
  agent = await RawAgent.open({ cwd: '/dev/shm' });
});
afterAll(() => agent?.finish());

it('is not used in a folder on tmpfs', async () => {
  const { payload } = await agent.until(({ type }) => type === PROTOCOL.FACTS);
  expect(parseFacts(payload.toString()).direct).toBe(false);
  const ops = pack([
    ['mmap', 0, { fd: -1, page: 0, npages: 1, prot: 3, flags: 'private' }],
    ['direct_write', 0, { page: 0 }],
    ['direct_read', 0, { page: 0, value: 20 }],
    ['load', 0, { page: 0 }],
  ]);
  agent.send(runFrame(1, ops));
  const obs = await agent.until(({ type, id }) => type === PROTOCOL.OBS && id === 1);
  expect([...intsOf(obs.payload)]).toEqual([0, 0, UNOBSERVED, 0, UNOBSERVED, 0, 0, 0]);
});
