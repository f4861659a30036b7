// Whether the host's kernel can be had, and what it is then.
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AgentProcess } from '#model/linux/agent-process';
import { NoAgentError } from '#model/linux/compile';
import { encodeFrame, intsOf } from '#model/linux/frames';
import { openHost, probeHost } from '#model/linux/host';
import { PROTOCOL } from '#model/linux/protocol';
import { eventually, isAlive } from './raw-agent.js';
import { tell } from './story.js';

const LIMITS = { operationMs: 5000, sequenceMs: 5000 };

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

describe('where it cannot be had', () => {
  afterEach(() => vi.unstubAllGlobals());

  const elsewhere = (difference: object): void => {
    vi.stubGlobal('process', Object.create(process, Object.getOwnPropertyDescriptors(difference)));
  };

  it.each([
    ['not Linux but darwin', { platform: 'darwin' }],
    ['the agent knows x86-64 only, this is arm64', { arch: 'arm64' }],
  ])('the reason is: %s', async (reason, difference) => {
    elsewhere(difference);
    expect(await probeHost()).toEqual({ ok: false, reason });
  });

  it('the reason may be the compiler', async () => {
    expect(await probeHost({ compiler: '/nonexistent' })).toEqual({
      ok: false,
      reason: expect.stringContaining('no C compiler'),
    });
  });

  it('the reason may be the limits', async () => {
    const probe = await probeHost({ limits: { sequenceMs: -1 } });
    expect(probe).toEqual({ ok: false, reason: 'time limits of 5000 and -1 ms' });
  });

  it('what is no reason but a mistake is thrown', async () => {
    await expect(probeHost({ gift: 65 })).rejects.toThrow(RangeError);
    await expect(probeHost({ rlimit: -1 })).rejects.toThrow(RangeError);
    await expect(probeHost({ rlimit: 0.5 })).rejects.toThrow(
      'rlimit is 0.5, not a whole number from 0 to 64',
    );
  });
});

describe('a program that is no agent', () => {
  let folder: string;
  const program = async (script: string): Promise<string> => {
    const path = join(folder, 'program');
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['ends', 'exit 3', 'the agent ended with code 3'],
    ['complains', 'echo "no such thing" >&2; exit 1', 'the agent ended with code 1: no such thing'],
    [
      'talks',
      'echo these bytes are no frame at all; exec sleep 60',
      /^the agent was killed by SIGKILL: .*does not speak in frames$/,
    ],
  ])('%s', async (_, script, reason) => {
    const start = AgentProcess.start(await program(script), LIMITS);
    await expect(start).rejects.toThrow(reason);
    await expect(start).rejects.toBeInstanceOf(NoAgentError);
  });

  it.each([
    ['finds itself wrong', PROTOCOL.BROKEN, 'a fault.', 'a fault.'],
    ['does not come to an end', PROTOCOL.DONE, 'no time.', 'the agent does not work here: no time.'],
    ['answers nothing', PROTOCOL.DONE, '', 'the agent does not work here:  instead of 0,0,0,18'],
  ])('greets and then %s', async (_, type, text, reason) => {
    const facts = [
      ...[
        'release=6.1',
        'build=#1 SMP',
        'cpus=1',
        'paranoid=2',
        'mlock_kb=516',
        'uid=0',
        'privileged=1',
        'pku=0',
        'thp=1',
        'ksm=1',
      ],
      ...['direct=1', 'gift=129', 'aux=none'],
    ];
    const [greeting, answer] = [join(folder, 'greeting'), join(folder, 'answer')];
    await writeFile(
      greeting,
      encodeFrame(PROTOCOL.FACTS, 0, intsOf(Buffer.from(facts.join('\n').padEnd(200)))),
    );
    await writeFile(
      answer,
      encodeFrame(type, 1, type === PROTOCOL.DONE ? [0] : [], intsOf(Buffer.from(text))),
    );
    // It reads the greeting and the first program, and answers each from a file.
    const agent = `#!/bin/sh\nhead -c 32 > /dev/null\ncat ${greeting}\nhead -c 96 > /dev/null\ncat ${answer}\n`;
    await writeFile(join(folder, 'agent'), agent, { mode: 0o755 });
    const compiler = `#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = -o ] && cp ${folder}/agent "$2"; shift; done\n`;
    await writeFile(join(folder, 'compiler'), compiler, { mode: 0o755 });
    vi.stubEnv('XDG_CACHE_HOME', folder);
    expect(await probeHost({ compiler: join(folder, 'compiler') })).toEqual({ ok: false, reason });
  });

  it('says too little', async () => {
    const greeting = join(folder, 'greeting');
    await writeFile(greeting, encodeFrame(PROTOCOL.FACTS, 0, intsOf(Buffer.from('release=6.1.'))));
    const start = AgentProcess.start(
      await program(`echo $$ > ${folder}/pid; cat ${greeting}; exec sleep 60`),
      LIMITS,
    );
    await expect(start).rejects.toThrow('the agent does not say its build');
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
    expect(pid).toBeGreaterThan(0);
    await eventually(() => (isAlive(pid) ? undefined : true));
  });

  it('is not there', async () => {
    await expect(AgentProcess.start(join(folder, 'missing'), LIMITS)).rejects.toThrow('ENOENT');
  });
});

it('no agent outlives its host', async () => {
  const host = await openHost();
  const pid = host.agentPids[0] ?? NaN;
  expect(isAlive(pid)).toBe(true);
  await host.close();
  expect(isAlive(pid)).toBe(false);
});
