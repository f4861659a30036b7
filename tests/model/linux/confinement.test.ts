// What a process of a sequence is: a user of its own without privileges, and a few system calls.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostSystem, openHost } from '#model/linux/host';
import { type CProgram, compiled } from './c-program.js';
import { childrenOf } from './raw-agent.js';
import { byPrivilege, pack, type Step } from './story.js';

async function statusOf(pid: number): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/status`, 'utf8');
    return new Map(
      text.split('\n').map((line) => [line.replace(/:.*/, ''), line.replace(/.*:\s*/, '')] as const),
    );
  } catch {
    return undefined;
  }
}

describe('a process of a sequence', () => {
  let host: HostSystem;
  beforeAll(async () => {
    host = await openHost();
  });
  afterAll(() => host?.close());

  /** The status of all processes of a sequence while it works; it is run until it is caught in the act. */
  async function caught(
    ops: Int32Array,
    processes: number,
    at = host,
  ): Promise<ReadonlyMap<string, string>[]> {
    for (;;) {
      let isOver = false;
      const running = at.run([ops]).finally(() => {
        isOver = true;
      });
      while (!isOver) {
        await new Promise((resolve) => setImmediate(resolve));
        const all = await Promise.all(childrenOf(at.agentPids[0] ?? NaN).map(statusOf));
        const ready = all
          .filter((status) => status !== undefined)
          .filter((status) => status.get('Seccomp') === '2');
        if (ready.length < processes) continue;
        await running;
        return ready;
      }
    }
  }

  /** CAP_IPC_LOCK and CAP_SETUID (linux/capability.h). */
  const permitted = (): bigint => byPrivilege(host, (1n << 14n) | (1n << 7n), 0n);

  const work = Array.from({ length: 150 }, (): Step => ['record', 0, { count: 200 }]);

  it('can use CAP_IPC_LOCK and CAP_SETUID at most, and none before it is told', async () => {
    for (const status of await caught(pack([['fork', 0, { child: 1 }], ...work]), 2)) {
      expect(BigInt(`0x${status.get('CapPrm')}`)).toBe(permitted());
      expect(BigInt(`0x${status.get('CapAmb')}`)).toBe(permitted());
      expect(BigInt(`0x${status.get('CapEff')}`)).toBe(0n);
      expect(status.get('NoNewPrivs')).toBe('1');
      expect(status.get('Groups')?.trim()).toBe('');
    }
  });

  it('is the same after exec and setuid', async () => {
    const steps: Step[] = [
      ['setuid', 0, { user: 1 }],
      ['exec', 0],
      ['cap', 0, { on: 'on' }],
      ['exec', 0],
    ];
    const [status] = await caught(pack([...steps, ['record', 0, { count: 200 }], ...work]), 1);
    expect(BigInt(`0x${status?.get('CapPrm')}`)).toBe(permitted());
    expect(status?.get('NoNewPrivs')).toBe('1');
    expect(status?.get('Seccomp')).toBe('2');
  });

  it('is a user that no other sequence was, with one group of its own', async () => {
    const uids: number[] = [];
    for (let i = 0; i < 30; i += 1) {
      const [status] = await caught(pack(work), 1);
      const [real = '', ...others] = (status?.get('Uid') ?? '').split('\t');
      expect(others).toEqual([real, real, real]);
      expect(new Set(status?.get('Gid')?.split('\t')).size).toBe(1);
      uids.push(Number(real));
    }
    expect(new Set(uids).size).toBe(byPrivilege(host, uids.length, 1));
    expect(Math.min(...uids)).toBeGreaterThanOrEqual(
      byPrivilege(host, 0x70000000, process.getuid?.() ?? NaN),
    );
  }, 60_000);

  it('two agents do not share users', async () => {
    const other = await openHost();
    const [[here], [there]] = [await caught(pack(work), 1), await caught(pack(work), 1, other)];
    await other.close();
    const range = (status: ReadonlyMap<string, string> | undefined): number =>
      parseInt(status?.get('Uid') ?? '', 10) >>> 24;
    expect(range(here) === range(there)).toBe(byPrivilege(host, false, true));
  });

  it('has limits that end it, should the agent be wrong', async () => {
    let limits = '';
    while (!/Max core file size +0 +0/.test(limits)) {
      const running = host.run([pack(work)]);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const [pid = 0] = host.agentPids.flatMap(childrenOf);
      limits = await readFile(`/proc/${pid}/limits`, 'utf8').catch(() => '');
      await running;
    }
    expect(limits).toMatch(/Max cpu time +120 +120 +seconds/);
    expect(limits).toMatch(/Max file size +4096 +4096 +bytes/);
  });

  it('runs on CPU 0', async () => {
    const [status] = await caught(pack(work), 1);
    expect(status?.get('Cpus_allowed_list')).toBe('0');
  });
});

describe('its system calls', () => {
  let program: CProgram;
  beforeAll(async () => {
    program = await compiled('calls.c', ['main.c']);
  }, 60_000);
  afterAll(() => program?.remove());

  it.each(['nothing', 'munmap-arena', 'mmap-arena', 'open-proc', 'setuid-own', 'fork', 'pipe-write'])(
    '%s is allowed',
    async (call) => {
      expect(await program.run(call)).toBe('');
    },
  );

  it.each([
    ...[
      'munmap-outside',
      'mmap-outside',
      'mmap-anywhere',
      'mprotect-code',
      'madvise-outside',
      'mremap-outside',
    ],
    ...[
      'create-file',
      'setuid-root',
      'thread',
      'kill',
      'socket',
      'perf-other',
      'ioctl-other',
      'prctl-other',
      'nofile',
    ],
    ...['x32', 'setuid-partly-root'],
  ])('%s kills', async (call) => {
    expect(await program.run(call)).toBe('SIGSYS');
  });
});
