// Operations that do not end, processes that vanish, and an agent that does.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HANG } from '#model/alphabet/observations';
import { type HostSystem, openHost } from '#model/linux/host';
import { childrenOf, eventually, isAlive } from './raw-agent.js';
import { answersOf, pack, type Step } from './story.js';

const LIMITS = { operationMs: 300, sequenceMs: 2000 };
/** Much work, so that it can be caught in the middle. */
const LONG: Int32Array = pack(Array.from({ length: 5000 }, (): Step => ['record', 0, { count: 200 }]));
const SHORT = pack([['mmap', 0, { fd: -1, page: 0, npages: 1, prot: 3, flags: 'private' }]]);

let host: HostSystem;
beforeAll(async () => {
  host = await openHost({ limits: LIMITS, agents: 1 });
});
afterAll(() => host?.close());

const agentPid = (at: HostSystem = host): number => at.agentPids[0] ?? NaN;

/** The process that does the sequence's work, once it has become what it is to be. */
async function worker(at: HostSystem = host): Promise<number> {
  return eventually(() =>
    childrenOf(agentPid(at)).find((pid) => {
      try {
        return /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        return false;
      }
    }),
  );
}

/** Killed processes need a moment to end. */
async function gone(pids: readonly number[]): Promise<void> {
  await eventually(() => (pids.some(isAlive) ? undefined : true));
}

async function expectAlive(): Promise<void> {
  const [recording] = await host.run([SHORT]);
  expect(recording).toEqual({ obs: Int32Array.of(0, 0), steps: 1 });
}

describe('an operation that does not end', () => {
  it('is answered HANG after its time, and ends the sequence', async () => {
    const running = host.run([LONG, SHORT]);
    const pid = await worker();
    process.kill(pid, 'SIGSTOP');
    const [long, short] = await running;
    expect(long?.ended).toMatch(/^operation \d+ \(record\) did not end within 300 ms$/);
    expect(answersOf(LONG, long ?? { obs: new Int32Array(0), steps: 0 }).at(-1)?.status).toBe(HANG);
    expect(short).toEqual({ obs: Int32Array.of(0, 0), steps: 1 });
    await gone([pid]);
  });

  it('is one of another process as well', async () => {
    const records = Array.from({ length: 2000 }, (): Step => ['record', 1, { count: 200 }]);
    const ops = pack([['fork', 0, { child: 1 }], ...records]);
    const running = host.run([ops]);
    const pids = await eventually(() =>
      childrenOf(agentPid()).length === 2 ? childrenOf(agentPid()) : undefined,
    );
    process.kill(Math.max(...pids), 'SIGSTOP');
    const [recording] = await running;
    expect(recording?.ended).toMatch(/did not end within 300 ms$/);
    await gone(pids);
  });
});

describe('a sequence that takes too long', () => {
  it('ends in time', async () => {
    const hasty = await openHost({ limits: { sequenceMs: 30, operationMs: 60 } });
    const [recording] = await hasty.run([
      pack(Array.from({ length: 10_000 }, (): Step => ['record', 0, { count: 200 }])),
    ]);
    expect(recording?.ended).toBe('the sequence did not end within 30 ms');
    expect(recording?.steps).toBeGreaterThan(0);
    expect(recording?.steps).toBeLessThan(10_000);
    await hasty.close();
  });
});

describe('a process that is killed', () => {
  it('ends the sequence, which says so', async () => {
    const running = host.run([LONG, SHORT]);
    process.kill(await worker(), 'SIGKILL');
    const [long, short] = await running;
    expect(long?.ended).toMatch(/^process 0 was killed by signal 9 at operation \d+ \(record\)$/);
    expect(
      answersOf(LONG, long ?? { obs: new Int32Array(0), steps: 0 }).every(({ status }) => status === 0),
    ).toBe(true);
    expect(short?.steps).toBe(1);
    await expectAlive();
  });
});

describe('an agent that is killed', () => {
  it('takes its processes along, and another one does the rest', async () => {
    const before = agentPid();
    const running = host.run([LONG, SHORT, SHORT]);
    const pid = await worker();
    process.kill(before, 'SIGKILL');
    const [long, ...short] = await running;
    expect(long).toEqual({ obs: new Int32Array(0), steps: 0, ended: 'the agent was killed by SIGKILL' });
    expect(short.map(({ steps, ended }) => ({ steps, ended }))).toEqual(
      short.map(() => ({ steps: 1, ended: undefined })),
    );
    await gone([pid]);
    expect(agentPid()).not.toBe(before);
  });

  it('loses nothing that it had answered, when it answers at once', async () => {
    const eager = await openHost({ eager: true, agents: 1 });
    const running = eager.run([LONG]);
    await worker(eager);
    const pid = agentPid(eager);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.kill(pid, 'SIGKILL');
    const [recording] = await running;
    expect(recording?.steps).toBeGreaterThan(0);
    expect(answersOf(LONG, recording ?? { obs: new Int32Array(0), steps: 0 })).toHaveLength(
      recording?.steps ?? NaN,
    );
    await eager.close();
  });

  it('is not started again for nothing', async () => {
    process.kill(agentPid(), 'SIGKILL');
    await eventually(() => (host.agentPids.length === 0 ? true : undefined));
    await expectAlive();
  });
});

describe('close', () => {
  it('in the middle of a sequence fails what waits, and leaves no process', async () => {
    const other = await openHost({ agents: 1 });
    const running = expect(other.run([LONG, LONG])).rejects.toThrow('closed');
    const pids = [await worker(other), agentPid(other)];
    await other.close();
    await running;
    await gone(pids);
    await expect(other.run([SHORT])).rejects.toThrow('closed');
  });
});
