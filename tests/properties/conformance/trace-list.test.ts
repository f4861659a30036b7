import { describe, expect, it } from 'vitest';
import type { Env, Recording, TraceSystem } from '#model/alphabet/system';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { traceLength } from '#model/alphabet/trace';
import { KernelLost } from '#properties/checkers/ask-kernel';
import { closeTrace } from '#properties/checkers/closing';
import { KernelJudge } from '#properties/checkers/kernel-judge';
import { KernelOracle } from '#properties/checkers/kernel-oracle';
import { KernelPool } from '#properties/conformance/kernel-pool';
import { type Answered, runList } from '#properties/conformance/trace-list';
import { kindAt, traceOf } from '../../shrinkers/traces.js';
import { KERNEL_FLAVOUR, RELEASE } from '../checkers/fakes.js';
import { bitOf, specKernel } from './kernels.js';

interface Item {
  readonly name: number;
  readonly trace: Trace;
}

const item = (name: number, env: Partial<Env> = {}): Item => ({
  name,
  trace: traceOf([['open', 0, 0, 0, -1]], { ...DEFAULT_ENV, gift: 5, rlimit: 6, ...env }),
});
const items = (count: number): Item[] => Array.from({ length: count }, (_, name) => item(name));
const never = () => false;
const judgeOf = () => new KernelJudge(new KernelOracle(RELEASE));

/** A kernel that writes down when it is asked, and how many sequences. */
function noting(notes: string[], answer: (system: TraceSystem) => Promise<Recording[] | undefined>) {
  const kernel = specKernel();
  const open = kernel.open.bind(kernel);
  return {
    name: kernel.name,
    async open(start: { gift: number; rlimit: number }) {
      const system = await open(start);
      const run = system.run.bind(system);
      system.run = async (traces) => {
        notes.push(`asked ${traces.length}`);
        return (await answer(system)) ?? run(traces);
      };
      return system;
    },
  };
}

describe('runList', () => {
  it('runs each sequence from its limits, on what else the machine is, closed by observations, and judges it', async () => {
    const kernel = specKernel(KERNEL_FLAVOUR ^ bitOf('dontneed-refused'));
    const judge = judgeOf();
    const wrong = traceOf(
      [
        ['open', 0, 0, 0, -1],
        ['mmap', 0, 0, 0, 2, 1, 0, 0],
        ['madvise', 0, 0, 2, 4],
      ],
      { ...DEFAULT_ENV, gift: 0, rlimit: 6 },
    );
    const list = [item(0), { name: 1, trace: wrong }, item(2, { aux: true })];
    const answers: Answered<Item>[] = [];
    await runList(new KernelPool(kernel), judge, list, {
      stop: never,
      onAnswer: (answered) => answers.push(answered),
    });
    expect(kernel.starts).toEqual([
      { gift: 5, rlimit: 6 },
      { gift: 0, rlimit: 6 },
    ]);
    expect(answers.map((each) => each.item)).toEqual([list[0], list[2], list[1]]);
    expect(answers.map(({ failure }) => failure?.step)).toEqual([undefined, undefined, 2]);
    expect(judge.tally.sequences).toBe(3);
    const machine = { ...DEFAULT_ENV, aux: false, gift: 5, rlimit: 6 };
    const closed = closeTrace(judge.oracle.predictor(), { env: machine, ops: list[0].trace.ops });
    expect(answers[0].trace).toEqual(closed);
    expect(answers[0].recording.steps).toBe(traceLength(closed.ops));
    expect(answers[2].trace.env).toEqual({ ...machine, gift: 0 });
    expect(kindAt(answers[2].trace, 2)).toBe(kindAt(wrong, 2));
  });

  it('asks for limits that differ in either number by themselves', async () => {
    const kernel = specKernel();
    await runList(
      new KernelPool(kernel),
      judgeOf(),
      [
        item(0),
        item(1, { gift: 1, rlimit: 1 }),
        item(2, { gift: 1 }),
        item(3, { gift: 11, rlimit: 1 }),
        item(4),
      ],
      { stop: never, onAnswer: () => {} },
    );
    expect(kernel.starts).toEqual([
      { gift: 5, rlimit: 6 },
      { gift: 1, rlimit: 1 },
      { gift: 1, rlimit: 6 },
      { gift: 11, rlimit: 1 },
    ]);
  });

  it('sends 64 sequences at a time, and judges the ones before while the kernel is at the next', async () => {
    const notes: string[] = [];
    const kernel = noting(notes, async () => undefined);
    const answered: number[] = [];
    await runList(new KernelPool(kernel), judgeOf(), items(130), {
      stop: never,
      onAnswer: ({ item: { name } }) => {
        answered.push(name);
        if (name % 64 === 0) notes.push(`answered from ${name}`);
      },
    });
    expect(answered).toEqual(items(130).map(({ name }) => name));
    expect(notes).toEqual([
      'asked 64',
      'asked 64',
      'answered from 0',
      'asked 2',
      'answered from 64',
      'answered from 128',
    ]);
  });

  it('asks nothing of the kernel when nothing is left', async () => {
    const notes: string[] = [];
    const kernel = noting(notes, async () => undefined);
    await runList(new KernelPool(kernel), judgeOf(), items(64), { stop: never, onAnswer: () => {} });
    expect(notes).toEqual(['asked 64']);
  });

  it('sends nothing more when it is told to stop, and keeps what was answered', async () => {
    const notes: string[] = [];
    const kernel = noting(notes, async () => undefined);
    const answered: number[] = [];
    await runList(new KernelPool(kernel), judgeOf(), items(130), {
      stop: () => notes.length > 0,
      onAnswer: ({ item: { name } }) => answered.push(name),
    });
    expect(notes).toEqual(['asked 64']);
    expect(answered).toEqual(items(64).map(({ name }) => name));
  });

  it('ends with a kernel that is lost, whatever it was at', async () => {
    const notes: string[] = [];
    // The second request is refused at once, while the first is under way.
    const kernel = noting(notes, async () => {
      if (notes.length > 1) throw new Error('the machine is gone');
      await new Promise((resolve) => setTimeout(resolve, 5));
      return undefined;
    });
    const answered: number[] = [];
    const run = runList(new KernelPool(kernel), judgeOf(), items(200), {
      stop: never,
      onAnswer: ({ item: { name } }) => answered.push(name),
    });
    await expect(run).rejects.toThrow(new KernelLost('the machine is gone'));
    expect(answered).toEqual(items(64).map(({ name }) => name));
  });

  it('passes on a mistake in what is told, without an unhandled rejection', async () => {
    const run = runList(new KernelPool(specKernel()), judgeOf(), items(130), {
      stop: never,
      onAnswer: () => {
        throw new TypeError('a mistake');
      },
    });
    await expect(run).rejects.toThrow(new TypeError('a mistake'));
  });
});
