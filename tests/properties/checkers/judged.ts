import type { Trace } from '#model/alphabet/trace';
import type { Counterexample, Verdict } from '#model/verdict';
import { KernelJudge, type VerdictOptions } from '#properties/checkers/kernel-judge';
import { KernelOracle } from '#properties/checkers/kernel-oracle';
import { type Alter, FakeKernel, FakeSystem, RELEASE } from './fakes.js';

/** Judge these sequences as the kernel answers them. */
export async function judged(
  kernel: FakeKernel,
  traces: readonly Trace[],
  more: Partial<VerdictOptions> = {},
  oracle = new KernelOracle(RELEASE),
): Promise<{ verdict: Verdict; shrunk: string[]; judge: KernelJudge }> {
  const judge = new KernelJudge(oracle);
  const placed = traces.map(({ ops }) => ({ env: kernel.env, ops }));
  const recordings = await kernel.run(placed.map(({ ops }) => ops));
  recordings.forEach((recording, i) => {
    judge.judge(placed[i], recording);
  });
  const shrunk: string[] = [];
  const verdict = await judge.verdict({
    system: kernel.id,
    seed: 1,
    kernelIn: async () => kernel,
    stop: () => false,
    onShrink: (what) => shrunk.push(what),
    ...more,
  });
  return { verdict, shrunk, judge };
}

export const counterexamplesOf = ({ counterexample, further = [] }: Verdict): Counterexample[] =>
  counterexample === undefined ? [] : [counterexample, ...further];

export const played = (flavour: number, alter?: Alter): FakeKernel =>
  new FakeKernel(new FakeSystem(alter, flavour));
