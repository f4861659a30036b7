// The agent of this machine's kernel fed with mutated programs: random sequences of which one to three words are changed. Each has to be answered or
// refused, in its order and in time, by the one agent that was started. Arguments: programs, seed.
import { release } from 'node:os';
import fc from 'fast-check';
import { DEFAULT_ENV } from '../model/alphabet/system.js';
import { AgentProcess } from '../model/linux/agent-process.js';
import { agentProgram } from '../model/linux/compile.js';
import { encodeFrame, type Frame } from '../model/linux/frames.js';
import { PROTOCOL } from '../model/linux/protocol.js';
import { findingsOfKernel, flavourOfKernel, Spec } from '../model/spec/index.js';
import { KernelSequences } from '../properties/checkers/kernel-sequences.js';

const [programs = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const LENGTH = 12;
/** Programs under way at a time, and ms after which one without an answer hangs: the agent ends each sequence itself long before. */
const BATCH = 500;
const PATIENCE_MS = 120_000;
const LIMITS = { operationMs: 5_000, sequenceMs: 60_000 };

const word = fc.oneof(
  fc.integer({ min: -3, max: 70 }),
  fc.integer(),
  fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 4096, 65536),
);
const changes = fc.array(fc.tuple(fc.nat(), word), { minLength: 1, maxLength: 3 });
const RELEASE = release();
const draws = new KernelSequences(
  new Spec(flavourOfKernel(RELEASE) | findingsOfKernel(RELEASE)),
  DEFAULT_ENV,
  LENGTH,
);

/** Why programs were refused, or ended early, without the names of operations and with every number as `N`. */
const reasons = new Map<string, number>();
const counts = { ran: 0, early: 0, refused: 0, hung: 0 };
const count = (text: string): void => {
  const reason = text.replace(/ \(\w+\)/g, '').replace(/-?\d+/g, 'N');
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
};

const { agent } = await AgentProcess.start(await agentProgram(), LIMITS);
let expected = 1;
let wake = (): void => undefined;
let death: string | undefined;
agent.onEnd = (why) => {
  death = why;
  wake();
};
agent.onFrame = ({ type, id, payload }: Frame) => {
  if (type === PROTOCOL.OBS) return;
  if (id !== expected) death = `program ${expected} has no answer: that of ${id} came`;
  expected++;
  if (type === PROTOCOL.REFUSED) {
    counts.refused++;
    count(`refused: ${payload.toString()}`);
  } else if (type !== PROTOCOL.DONE) {
    death = payload.toString();
  } else if (payload.length > 4) {
    counts.early++;
    count(`ended early: ${payload.toString('utf8', 4)}`);
  } else counts.ran++;
  wake();
};

/** All programs up to this one are answered. */
async function answered(last: number): Promise<void> {
  while (expected <= last && death === undefined) {
    const before = expected;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    clearTimeout(timer);
    if (expected > before || death !== undefined) continue;
    counts.hung++;
    death = `program ${expected} has no answer after ${PATIENCE_MS / 1000} s`;
  }
}

let id = 0;
while (id < programs && death === undefined) {
  const size = Math.min(BATCH, programs - id);
  for (const wrong of fc.sample(changes, { numRuns: size, seed: seed + id })) {
    const { env, ops } = draws.draw({ high: seed, low: id });
    for (const [at, value] of wrong) ops[at % ops.length] = value;
    id++;
    agent.send(encodeFrame(PROTOCOL.RUN, id, [env.gift, env.rlimit, 0, ops.length / 8], ops));
  }
  await answered(id);
}
// It still does what it is for: a program that nobody changed.
if (death === undefined) {
  const { env, ops } = draws.draw({ high: seed, low: id });
  id++;
  const { ran } = counts;
  agent.send(encodeFrame(PROTOCOL.RUN, id, [env.gift, env.rlimit, 0, ops.length / 8], ops));
  await answered(id);
  if (counts.ran === ran) death = 'a program that is right does not run any more';
  else counts.ran--;
}
if (death === undefined) agent.onEnd = () => undefined;
agent.finish();
const ended = death === undefined ? await agent.gone : death;
if (death !== undefined) agent.kill();

const whole = (value: number): string => value.toLocaleString('en-US').padStart(9);
const lines = [
  `${programs.toLocaleString('en-US')} mutated programs (seed ${seed}) on linux-${RELEASE}, to one agent:`,
  '',
  `${whole(counts.ran)}  ran to their end`,
  `${whole(counts.refused)}  refused`,
  `${whole(counts.early)}  ended early`,
  `${whole(counts.hung)}  hang`,
  '',
  ...[...reasons].sort(([, a], [, b]) => b - a).map(([reason, times]) => `${whole(times)}  ${reason}`),
  '',
  death === undefined ? `A right program after them runs; ${ended}.` : `FAILED  ${death}`,
];
process.stdout.write(`${lines.join('\n')}\n`);
if (death !== undefined || counts.early > 0) process.exitCode = 1;
