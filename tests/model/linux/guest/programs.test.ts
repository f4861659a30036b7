// Programs in a guest whose emulator is a script: what is said of each, and what becomes of those after one that ends the guest.
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { agentProgram, NoAgentError } from '#model/linux/compile';
import { type ProgramRun, runInGuest } from '#model/linux/guest/guest-programs';
import { IN_VAIN, Stage, until } from '../fake-programs.js';
import { LAUNCHER, LIVES, says, staticProgram } from './fake-guests.js';

const IMAGE = { path: '/some/bzImage', release: '6.1.0-fake' };
const READY = says('mapahead: ready');

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
  vi.stubEnv('XDG_CACHE_HOME', stage.path('cache'));
  vi.stubEnv('TMPDIR', stage.folder);
});
afterEach(() => {
  vi.useRealTimers();
  // Whatever became of it, the guest's file system is not left behind.
  expect(readdirSync(stage.folder).filter((name) => name.startsWith('mapahead-guest-'))).toEqual([]);
  vi.unstubAllEnvs();
  stage.clear();
});

/** What the emulator does in each boot, and how many programs there are. */
async function runs(count: number, boots: readonly string[], bootMs = 20_000): Promise<ProgramRun[]> {
  boots.forEach((body, i) => {
    stage.script(`boot${i}`, body);
  });
  const emulator = stage.script(
    'emulator',
    `echo boot >> $stage/boots
    while [ $# -gt 1 ]; do [ "$1" = -initrd ] && cp "$2" $stage/initrd$(($(wc -l < $stage/boots) - 1)); shift; done
    exec $stage/boot$(($(wc -l < $stage/boots) - 1))`,
  );
  const programs = Array.from({ length: count }, (_, i) => staticProgram(stage, `program${i}`, `: ${i} :`));
  return runInGuest(IMAGE, programs, {
    compiler: stage.compiler(staticProgram(stage, 'agent', LAUNCHER)),
    emulator,
    accelerator: 'tcg',
    bootMs,
  });
}

describe('programs', IN_VAIN, () => {
  it('are told each by what it said and its code, in one boot', async () => {
    const done = await runs(5, [
      says(
        'mapahead: ready',
        'mapahead: program 0: one',
        'mapahead: program 0: two',
        'mapahead: end of program 0: code 0',
        'mapahead: program 1, on: a long',
        'mapahead: program 1, on:  line',
        'mapahead: program 1: .',
        'mapahead: program 1: and more',
        'mapahead: end of program 1: code 17',
        'mapahead: program 2, on: before',
        'mapahead: end of program 2: killed by signal 6',
        'mapahead: program 3: another',
        'mapahead: end of program 3: no code 3',
        'mapahead: end of program 4: code 3 or 4',
      ),
    ]);
    expect(done).toEqual([
      { exitCode: 0, said: ['one', 'two'], alarm: [] },
      { exitCode: 17, said: ['a long line.', 'and more'], alarm: [] },
      { exitCode: undefined, said: ['before', 'killed by signal 6'], alarm: [] },
      { exitCode: undefined, said: ['another', 'no code 3'], alarm: [] },
      { exitCode: undefined, said: ['code 3 or 4'], alarm: [] },
    ]);
    expect(stage.read('launched')).toMatch(new RegExp(`^launch ${process.pid} .* -- programs 2 `));
    for (const i of [0, 1, 2]) expect(stage.read('initrd0')).toContain(`: ${i} :`);
  });

  it('after one that ends the guest get a new one', async () => {
    const done = await runs(3, [
      `${READY}\n${says('mapahead: end of program 0: code 0', 'mapahead: program 1: it was me', 'the end')}\nexit 3`,
      `${READY}\n${says('mapahead: program 0: I am another', 'mapahead: end of program 0: code 5')}`,
    ]);
    expect(done).toEqual([
      { exitCode: 0, said: [], alarm: [] },
      { exitCode: undefined, said: ['the guest ended: the end'], alarm: [] },
      { exitCode: 5, said: ['I am another'], alarm: [] },
    ]);
    expect(stage.lines('boots')).toHaveLength(2);
    expect([0, 1, 2].map((i) => stage.read('initrd1').includes(`: ${i} :`))).toEqual([false, false, true]);
  });

  it('that make the kernel complain are told with its report, whatever they say of their end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const running = runs(2, [
      `${READY}
      echo $$ > $stage/pid
      ${says('mapahead: end of program 0: code 0', 'BUG: Bad page state', 'RIP: 0010:perf_mmap_close+0x1/0x2', 'mapahead: end of program 1: code 0')}
      touch $stage/said
      ${LIVES}`,
    ]);
    await until(() => existsSync(stage.path('said')));
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    vi.advanceTimersByTime(1_999);
    expect(process.kill(Number(stage.read('pid')), 0)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await running).toEqual([
      { exitCode: 0, said: [], alarm: [] },
      {
        exitCode: undefined,
        said: ['the kernel said: BUG: Bad page state (in perf_mmap_close)'],
        alarm: ['BUG: Bad page state', 'RIP: 0010:perf_mmap_close+0x1/0x2'],
      },
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that are silent for two minutes are ended with their guest', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const running = runs(1, [
      `${READY}\necho $$ > $stage/pid\n${says('mapahead: program 0: I am at it')}\ntouch $stage/said\n${LIVES}`,
    ]);
    await until(() => existsSync(stage.path('said')));
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    vi.advanceTimersByTime(119_999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await running).toEqual([
      { exitCode: undefined, said: ['the guest ended: mapahead: program 0: I am at it'], alarm: [] },
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('whose emulator complains are told with that', async () => {
    const done = await runs(1, [`${READY}\necho ' no more memory ' >&2\nexit 1`]);
    expect(done).toEqual([{ exitCode: undefined, said: ['the guest ended: no more memory'], alarm: [] }]);
  });

  it('are none, for which there is no guest', async () => {
    expect(await runs(0, [])).toEqual([]);
    expect(existsSync(stage.path('boots'))).toBe(false);
  });
});

describe('a guest that does not start says why', IN_VAIN, () => {
  it.each([
    ['by the words of its emulator', 'echo " no such kernel " >&2; exit 1', 'no such kernel'],
    ['by the end of many words', 'printf %0600d 7 >&2; exit 1', `${'0'.repeat(499)}7`],
    [
      'by the last words of its kernel',
      says('Kernel panic - not syncing: x', 'and so on'),
      'Kernel panic - not syncing: x',
    ],
    ['when it says nothing', 'exit 0', 'nothing'],
  ])('%s', async (_, body, why) => {
    const error: unknown = await runs(1, [body]).catch((each: unknown) => each);
    expect(error).toEqual(new NoAgentError(`the guest does not start: ${why}`));
  });

  it('when it took too long', async () => {
    await expect(runs(1, [`${says('still booting')}\n${LIVES}`], 250)).rejects.toThrow(
      'the guest does not start: still booting',
    );
  });

  it('when nothing can be launched', async () => {
    const compiler = stage.compiler(staticProgram(stage, 'agent'));
    chmodSync(await agentProgram(compiler), 0o644);
    const run = runInGuest(IMAGE, [staticProgram(stage, 'program')], {
      compiler,
      emulator: '/bin/true',
      accelerator: 'tcg',
    });
    await expect(run).rejects.toThrow(/^the guest does not start: spawn .*mapahead-agent0 EACCES$/);
  });
});
