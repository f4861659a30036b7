// Kernels by their names: this machine's, through an agent that is a script, and what a name that is none stands for.
import { existsSync, mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoAgentError } from '#model/linux/compile';
import { openHost, probeHost } from '#model/linux/host';
import {
  HOST,
  imageOf,
  KERNEL_NAMES,
  kernelsAtHand,
  looksLikeKernel,
  openKernel,
} from '#model/linux/kernels';
import { ONE } from './fake-agent.js';
import { FACTS, greeting, HELLO_BYTES, IN_VAIN, Stage, TRIED_OUT, TRYING_BYTES } from './fake-programs.js';

let stage: Stage;
/** Makes agents that greet, pass the trial, and answer nothing more. */
let compiler: string;
beforeEach(() => {
  stage = new Stage();
  vi.stubEnv('XDG_CACHE_HOME', stage.path('cache'));
  stage.write('greeting', greeting());
  stage.write('answer', TRIED_OUT);
  const agent = stage.script(
    'agent',
    `echo started >> $stage/agents
    head -c ${HELLO_BYTES} > /dev/null; cat $stage/greeting
    head -c ${TRYING_BYTES} > /dev/null; cat $stage/answer
    cat > /dev/null`,
  );
  compiler = stage.compiler(agent);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  stage.clear();
});

describe('the host', IN_VAIN, () => {
  it('is opened by its name, or by itself', async () => {
    for (const open of [openHost, openKernel.bind(undefined, HOST)]) {
      const host = await open({ compiler });
      expect(host).toMatchObject({ id: 'linux-6.1.0-fake', machine: 'this machine' });
      await host.close();
    }
    expect(stage.lines('agents')).toHaveLength(2);
  });

  it('has eight agents, or as many as are asked for', async () => {
    for (const [options, agents] of [
      [{ compiler }, 8],
      [{ compiler, agents: 3 }, 3],
    ] as const) {
      const host = await openHost(options);
      const running = host.run(Array.from({ length: 60 }, () => ONE)).catch(String);
      await expect.poll(() => host.agentPids.length, { interval: 5, timeout: 5_000 }).toBe(agents);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(host.agentPids.length).toBe(agents);
      await host.close();
      expect(await running).toContain('the System is closed');
    }
  });

  it('is given up when it is silent for twice the time of a sequence and a minute', async () => {
    const host = await openHost({ compiler, agents: 1, limits: { sequenceMs: 7_000 } });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const running = host.run([ONE]);
    vi.advanceTimersByTime(200_000);
    expect((await running)[0].ended).toBe('the agent was silent for 74000 ms');
    vi.useRealTimers();
    await host.close();
  });

  it('can be probed, and nothing of it remains', async () => {
    stage.script('agent', `echo $$ > $stage/pid\n${stage.read('agent')}`);
    const probe = await probeHost({ compiler });
    const { mlock_kb: _, ...said } = FACTS;
    expect(Object.keys(probe).sort()).toEqual(['mlockKb', 'ok', ...Object.keys(said)].sort());
    expect(probe).toMatchObject({ ok: true, release: '6.1.0-fake', gift: 129 });
    expect(existsSync(`/proc/${stage.read('pid').trim()}`)).toBe(false);
  });
});

describe('where the host cannot be had', IN_VAIN, () => {
  const elsewhere = (difference: object): void => {
    vi.stubGlobal('process', Object.create(process, Object.getOwnPropertyDescriptors(difference)));
  };

  it.each([
    ['not Linux but darwin', { platform: 'darwin' }],
    ['the agent knows x86-64 only, this is arm64', { arch: 'arm64' }],
  ])('the reason is: %s', async (reason, difference) => {
    elsewhere(difference);
    expect(await probeHost({ compiler })).toEqual({ ok: false, reason });
    await expect(openHost({ compiler })).rejects.toBeInstanceOf(NoAgentError);
  });

  it('the reason is that of its agent, and a mistake is thrown', async () => {
    stage.script('agent', 'exit 3');
    expect(await probeHost({ compiler })).toEqual({ ok: false, reason: 'the agent ended with code 3' });
    await expect(probeHost({ compiler, gift: 65 })).rejects.toThrow(RangeError);
  });
});

describe('names', IN_VAIN, () => {
  it('of kernels are the host, versions of Debian, and paths of files', () => {
    expect(KERNEL_NAMES).toBe('host, debian:VERSION, or the path of a bzImage');
    for (const name of ['host', 'debian:6.12', 'debian:', 'some/bzImage', '/bzImage', 'package.json'])
      expect(looksLikeKernel(name), name).toBe(true);
    for (const name of ['advance', 'v6.14', 'hosts', 'a debian:6.12', ''])
      expect(looksLikeKernel(name), name).toBe(false);
  });

  it.each([
    'debian:',
    'debian:bookworm',
    'debian:6',
    'debian:6.',
    'debian:x6.1',
    'debian:6.1;reboot',
    'debian:6.x',
  ])('are wrong: %s', async (name) => {
    const error: unknown = await openKernel(name).catch((each: unknown) => each);
    expect(error).toEqual(new NoAgentError(`${name}: after "debian:" comes a version such as 6.12`));
  });

  it('of files that are no images say so, and what a kernel is', async () => {
    stage.write('image', 'no image');
    const why = imageOf(stage.path('image'));
    await expect(why).rejects.toThrow(
      /\/image is no bzImage: .* \(a kernel is host, debian:VERSION, or the path of a bzImage\)$/,
    );
    await expect(why).rejects.toBeInstanceOf(NoAgentError);
  });

  it('at hand are the host, and what was fetched before', async () => {
    expect(await kernelsAtHand()).toEqual(['host']);
    const folder = (name: string): unknown =>
      mkdirSync(stage.path(`cache/mapahead/debian/${name}`), { recursive: true });
    folder('linux-image-6.1.0-56-cloud-amd64_6.1.192-2');
    folder('.fetching-x');
    expect(await kernelsAtHand()).toEqual(['host', 'debian:6.1.192-2']);
  });

  it.each(['6.1', '6.1.192-2', '10.12.3', '6.1~rc1+x'])('may be versions such as %s', async (version) => {
    const folder = `linux-image-cloud-amd64_${version}`;
    mkdirSync(stage.path(`cache/mapahead/debian/${folder}`), { recursive: true });
    stage.write(`cache/mapahead/debian/${folder}/vmlinuz`, 'no image');
    vi.stubEnv('PATH', stage.folder);
    await expect(openKernel(`debian:${version}`)).rejects.toThrow(`${folder}/vmlinuz is no bzImage`);
  });
});
