// One boot of a guest, whose emulator is a script, from its start to its end.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoAgentError } from '#model/linux/compile';
import { encodeFrame, type Frame } from '#model/linux/frames';
import { GuestAgent } from '#model/linux/guest/guest-agent';
import { packed } from '#model/linux/guest/packing';
import type { OnEnd } from '#model/linux/lane';
import { PROTOCOL } from '#model/linux/protocol';
import { answer, greeting, IN_VAIN, Stage, textFrame, until } from '../fake-programs.js';
import { greets, HELLO, LAUNCHER, LIVES, says } from './fake-guests.js';

const LIMITS = { operationMs: 5_000, sequenceMs: 60_000 };

let stage: Stage;
let agent: GuestAgent | undefined;
beforeEach(() => {
  stage = new Stage();
});
afterEach(() => {
  vi.useRealTimers();
  agent?.kill();
  agent = undefined;
  stage.clear();
});

async function start(body: string, bootMs = 20_000): ReturnType<typeof GuestAgent.start> {
  const command = {
    launcher: stage.script('launcher', LAUNCHER),
    program: stage.script('emulator', body),
    arguments: ['-kernel', 'image'],
  };
  const started = await GuestAgent.start(command, LIMITS, bootMs);
  agent = started.agent;
  return started;
}

async function whyNot(body: string, bootMs?: number): Promise<string> {
  const error: unknown = await start(body, bootMs).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(NoAgentError);
  return String(error).replace('NoAgentError: ', '');
}

/** What comes from the guest, as type and id, and a promise of its end. */
function listen(to: GuestAgent): {
  heard: [number, number][];
  ended: Promise<Parameters<OnEnd>>;
} {
  const heard: [number, number][] = [];
  to.onFrame = ({ type, id }: Frame) => heard.push([type, id]);
  const ended = new Promise<Parameters<OnEnd>>((resolve) => {
    to.onEnd = (...how) => resolve(how);
  });
  return { heard, ended };
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const gone = async (): Promise<void> => {
  await expect.poll(() => isRunning(Number(stage.read('pid'))), { interval: 5 }).toBe(false);
};

const trigger = encodeFrame(PROTOCOL.RUN, 1, [0, 0, 0, 0]);
const TRIGGERED = `head -c ${packed(trigger).length} <&3 > /dev/null`;

describe('a guest that starts', IN_VAIN, () => {
  it('is launched as it should be, greeted when its agent is ready, and says what it knows', async () => {
    const { agent: started, facts } = await start(`${says('booting')}\n${greets(stage)}\n${LIVES}`);
    expect(facts).toMatchObject({ release: '6.1.0-fake', gift: 129 });
    expect(stage.read('launched')).toBe(`launch ${process.pid} ${stage.path('emulator')} -kernel image\n`);
    expect(stage.read('hello')).toBe(HELLO.toString());
    expect(started.pid).toBeGreaterThan(1);
    expect(started.lastWords).toBe('mapahead: ready');
    started.finish();
    expect(await started.gone).toBe('the guest was killed by SIGKILL; its last words: mapahead: ready');
  });

  it('may take its time until then, and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await start(`${greets(stage)}\n${LIVES}`);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is believed when its console has said the end of a sequence, and until then but for its observations', async () => {
    stage.write('answers', packed(Buffer.concat([answer(1, [0, 0]), answer(2, [0, 0])])));
    const { agent: started } = await start(`${greets(stage)}
      ${TRIGGERED}
      cat $stage/answers >&3
      ${TRIGGERED}
      ${says('mapahead: end 2')}
      ${TRIGGERED}
      ${says('mapahead: end 1')}
      ${LIVES}`);
    const { heard } = listen(started);
    const [OBS, DONE] = [PROTOCOL.OBS, PROTOCOL.DONE];
    const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
    started.send(trigger);
    await expect.poll(() => heard, { interval: 5 }).toEqual([[OBS, 1]]);
    started.send(trigger);
    await rest();
    expect(heard).toEqual([[OBS, 1]]);
    started.send(trigger);
    await expect
      .poll(() => heard, { interval: 5 })
      .toEqual([
        [OBS, 1],
        [DONE, 1],
        [OBS, 2],
        [DONE, 2],
      ]);
  });

  it('gets more than it has room for only when it has answered', async () => {
    const { agent: started } = await start(`${greets(stage)}\nexec cat <&3 > $stage/sent`);
    const long = encodeFrame(PROTOCOL.RUN, 1, new Int32Array(12_000).fill(1 << 30));
    started.send(long);
    started.send(long);
    await expect.poll(() => stage.read('sent').length, { interval: 5 }).toBe(packed(long).length);
  });
});

describe('a guest whose kernel complains', IN_VAIN, () => {
  const COMPLAINS = says('BUG: Bad page state', 'RIP: 0010:perf_mmap_close+0x1/0x2');

  it('is not believed any more, and ended when it has had time to say more', async () => {
    stage.write('answer', packed(answer(1, [0, 0])));
    const { agent: started } = await start(`${greets(stage)}
      ${TRIGGERED}
      ${COMPLAINS}
      ${says('mapahead: end 1')}
      cat $stage/answer >&3
      ${LIVES}`);
    const { heard, ended } = listen(started);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    started.send(trigger);
    await until(() => heard.length > 0 && vi.getTimerCount() > 0);
    vi.advanceTimersByTime(1_999);
    await new Promise(setImmediate);
    expect(isRunning(started.pid ?? 0)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await ended).toEqual([
      'the kernel said: BUG: Bad page state (in perf_mmap_close)',
      ['BUG: Bad page state', 'RIP: 0010:perf_mmap_close+0x1/0x2'],
    ]);
    expect(heard).toEqual([[PROTOCOL.OBS, 1]]);
  });

  it('may have ended a sequence before, whose answer is still on its way', async () => {
    stage.write('answer', packed(answer(1, [0, 0])));
    const { agent: started } = await start(`${greets(stage)}
      ${TRIGGERED}
      ${says('mapahead: end 1')}
      ${COMPLAINS}
      cat $stage/answer >&3`);
    const { heard, ended } = listen(started);
    started.send(trigger);
    await ended;
    expect(heard).toEqual([
      [PROTOCOL.OBS, 1],
      [PROTOCOL.DONE, 1],
    ]);
  });
});

describe('a guest that ends', IN_VAIN, () => {
  it('says how, and its last words', async () => {
    const { agent: started } = await start(`${greets(stage)}\n${TRIGGERED}\n${says('so long')}\nexit 3`);
    const { ended } = listen(started);
    started.send(trigger);
    expect(await ended).toEqual(['the guest ended with code 3; its last words: so long', []]);
    // What is sent to nobody is nobody's mistake.
    for (let i = 0; i < 3; i++) started.send(trigger);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('may be one that speaks nonsense', async () => {
    stage.write('noise', Buffer.alloc(2_000, 'noise'));
    const { agent: started } = await start(`${greets(stage)}\n${TRIGGERED}\ncat $stage/noise >&3\n${LIVES}`);
    const { ended } = listen(started);
    started.send(trigger);
    expect((await ended)[0]).toBe(
      'the guest was killed by SIGKILL; its last words: the agent does not speak in frames',
    );
  });
});

describe('a guest does not start', IN_VAIN, () => {
  it('where nothing can be launched', async () => {
    const command = { launcher: stage.path('missing'), program: 'x', arguments: [] };
    await expect(GuestAgent.start(command, LIMITS, 20_000)).rejects.toThrow(
      new NoAgentError(`the guest does not start: spawn ${command.launcher} ENOENT`),
    );
  });

  it('when its emulator complains, of which the end is kept', async () => {
    expect(await whyNot('echo " no such kernel " >&2; exit 1')).toBe(
      'the guest does not start: the guest ended with code 1; its last words: no such kernel',
    );
    expect(await whyNot('printf %0600d 7 >&2; echo x >&2; exit 1')).toBe(
      `the guest does not start: the guest ended with code 1; its last words: ${'0'.repeat(497)}7x`,
    );
  });

  it('in time', async () => {
    const why = await whyNot(`echo $$ > $stage/pid; ${says('still booting')}\n${LIVES}`, 250);
    expect(why).toBe('the guest does not start within 0.25 s; its last words: still booting');
    await gone();
  });

  it.each([
    ['when its agent refuses', textFrame(PROTOCOL.BROKEN, 0, 'there is no perf'), 'there is no perf'],
    ['when its agent says too little', greeting({ release: '6.1' }), 'the agent does not say its build'],
  ])('%s, and is ended', async (_, frame, why) => {
    const started = start(`echo $$ > $stage/pid\n${greets(stage, frame)}\n${LIVES}`);
    await expect(started).rejects.toHaveProperty('message', why);
    await gone();
  });
});
