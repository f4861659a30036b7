// The host's kernel, behind the agent that is compiled for it.
import { describe, expect, it } from 'vitest';
import { openHost, probeHost } from '#model/linux/host';
import { isAlive } from './raw-agent.js';
import { tell } from './story.js';

describe('the host', () => {
  it('is what the kernel says of itself', async () => {
    const host = await openHost({ gift: 3, rlimit: 2 });
    expect(host.id).toBe(`linux-${host.facts.release}`);
    expect(host.env).toEqual({
      gift: 3,
      rlimit: 2,
      paranoid: host.facts.paranoid,
      pku: host.facts.pku,
      thp: host.facts.thp,
      ksm: host.facts.ksm,
      aux: false,
    });
    expect((await tell(host, [['headroom', 0]])).at(-1)?.value).toBe(5);
    await host.close();
  });

  it('can be probed, and nothing of it remains', async () => {
    const probe = await probeHost();
    expect(probe).toMatchObject({ ok: true, release: expect.stringMatching(/^\d+\.\d+/) });
  });

  it('answers as many as are asked, from several callers', async () => {
    const host = await openHost();
    const runs = [1, 2, 3].map(() => tell(host, [['munlockall', 0]]));
    expect((await Promise.all(runs)).map((answers) => answers.length)).toEqual([1, 1, 1]);
    expect(await host.run([])).toEqual([]);
    await host.close();
  });
});

it('it cannot be had with limits that the agent refuses', async () => {
  const probe = await probeHost({ limits: { sequenceMs: -1 } });
  expect(probe).toEqual({ ok: false, reason: 'time limits of 5000 and -1 ms' });
});

it('no agent outlives its host', async () => {
  const host = await openHost();
  const pid = host.agentPids[0] ?? NaN;
  expect(isAlive(pid)).toBe(true);
  await host.close();
  expect(isAlive(pid)).toBe(false);
});
