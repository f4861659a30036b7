// One run of a program that is taken for the agent, from its greeting to its end.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentProcess } from '#model/linux/agent-process';
import { NoAgentError } from '#model/linux/compile';
import { encodeFrame, type Frame } from '#model/linux/frames';
import { ALPHABET_HASH } from '#model/linux/header';
import { PROTOCOL } from '#model/linux/protocol';
import { FACTS, greeting, HELLO_BYTES, IN_VAIN, Stage, textFrame } from './fake-programs.js';

const LIMITS = { operationMs: 250, sequenceMs: 1_000 };
const HELLO = encodeFrame(PROTOCOL.HELLO, 0, [PROTOCOL.VERSION, ALPHABET_HASH, 250, 1_000]);

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
  stage.write('greeting', greeting());
});
afterEach(() => stage.clear());

const start = (body: string): ReturnType<typeof AgentProcess.start> =>
  AgentProcess.start(stage.script('agent', body), LIMITS);

/** Why it was not started: always a NoAgentError. */
async function whyNot(body: string): Promise<string> {
  try {
    (await start(body)).agent.kill();
  } catch (error) {
    expect(error).toBeInstanceOf(NoAgentError);
    return String(error);
  }
  throw new Error('it was started');
}

const GREETS = `head -c ${HELLO_BYTES} > $stage/hello; cat $stage/greeting`;

describe('an agent that greets', IN_VAIN, () => {
  it('was greeted with the limits, and says what it knows', async () => {
    const { agent, facts } = await start(`echo $# $(pwd) > $stage/where; ${GREETS}; cat > $stage/rest`);
    expect(facts).toMatchObject({ release: FACTS['release'], gift: 129, privileged: true, ksm: false });
    expect(agent.pid).toBeGreaterThan(1);
    agent.send(Buffer.from('more'));
    agent.finish();
    expect(await agent.gone).toBe('the agent ended with code 0');
    expect(stage.read('hello')).toBe(HELLO.toString());
    expect(stage.read('rest')).toBe('more');
    expect(stage.read('where')).toBe(`0 ${stage.folder}\n`);
  });

  it('is listened to until it ends', async () => {
    stage.write('frames', Buffer.concat([1, 2].map((id) => textFrame(PROTOCOL.OBS, id, 'said'))));
    const { agent } = await start(`${GREETS}; head -c 4 > /dev/null; cat $stage/frames; exit 7`);
    const heard: Frame[] = [];
    agent.onFrame = (frame) => heard.push(frame);
    const ended = new Promise<string>((resolve) => {
      agent.onEnd = resolve;
    });
    agent.send(Buffer.from('more'));
    expect(await ended).toBe('the agent ended with code 7');
    expect(heard.map(({ type, id, payload }) => [type, id, payload.toString()])).toEqual([
      [PROTOCOL.OBS, 1, 'said'],
      [PROTOCOL.OBS, 2, 'said'],
    ]);
    // It is gone: what is sent now goes nowhere, and nobody is told.
    agent.send(Buffer.alloc(1 << 20));
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('is killed when it is told to', async () => {
    const { agent } = await start(`${GREETS}; exec sleep 60`);
    agent.kill();
    expect(await agent.gone).toBe('the agent was killed by SIGKILL');
  });

  it('and then speaks otherwise is killed', async () => {
    const { agent } = await start(
      `${GREETS}; head -c 4 > /dev/null; echo these are no frames; exec sleep 60`,
    );
    agent.send(Buffer.from('more'));
    expect(await agent.gone).toBe(
      'the agent was killed by SIGKILL: Error: the agent does not speak in frames',
    );
  });
});

describe('an agent is not started that', IN_VAIN, () => {
  it('ends, and its last words are said', async () => {
    expect(await whyNot('exit 3')).toBe('NoAgentError: the agent ended with code 3');
    expect(await whyNot('echo " no such thing " >&2; exit 1')).toBe(
      'NoAgentError: the agent ended with code 1: no such thing',
    );
    const long = await whyNot(`printf %0600d 7 >&2; echo x >&2; exit 1`);
    expect(long).toBe(`NoAgentError: the agent ended with code 1: ${'0'.repeat(497)}7x`);
  });

  it.each([
    ['refuses', textFrame(PROTOCOL.BROKEN, 0, 'there is no perf'), 'there is no perf'],
    ['says too little', greeting({ release: '6.1' }), 'the agent does not say its build'],
  ])('%s, which is then killed', async (_, frame, why) => {
    stage.write('greeting', frame);
    const started = start(`echo $$ > $stage/pid; ${GREETS}; exec sleep 60`);
    await expect(started).rejects.toHaveProperty('message', why);
    const pid = Number(stage.read('pid'));
    await expect.poll(() => isRunning(pid), { interval: 5 }).toBe(false);
  });

  it('is not there', async () => {
    await expect(AgentProcess.start(stage.path('missing'), LIMITS)).rejects.toThrow(
      /^the agent does not start: spawn .*\/missing ENOENT$/,
    );
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('a program is called by the name by which it finds itself', async () => {
  // It names itself in what it complains of.
  await expect(AgentProcess.start('/bin/sleep', LIMITS)).rejects.toThrow(/: mapahead-agent0: /);
});
