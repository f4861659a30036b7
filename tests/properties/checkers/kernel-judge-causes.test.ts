import { describe, expect, it } from 'vitest';
import { HANG, OK } from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';
import { type Trace, traceLength } from '#model/alphabet/trace';
import type { Failure } from '#model/verdict';
import { KernelOracle } from '#properties/checkers/kernel-oracle';
import { traceOf } from '../../shrinkers/traces.js';
import { type FakeKernel, KERNEL_FLAVOUR, RELEASE } from './fakes.js';
import { counterexamplesOf, judged, played } from './judged.js';

const KINDS = [
  'mlockall',
  'rlimit',
  'record',
  'munmap',
  'mprotect',
  'madvise',
  'mlock',
  'munlock',
  'mincore',
  'msync',
  'exec',
  'headroom',
] as const;

/** Each kind fails in a way of its own, and `munlockall`. */
const failing = (): FakeKernel =>
  played(KERNEL_FLAVOUR, (ops, at, obs) => {
    const kind = ops[at];
    if (kind === OP.munlockall) obs[0] = -99;
    else if (KINDS.some((name) => OP[name] === kind)) obs[0] = -100 - kind;
  });

/** Two sequences for each of so many kinds: more than what is seen once. */
const othersOf = (count: number): Trace[] =>
  KINDS.slice(0, count).flatMap((kind) => Array.from({ length: 2 }, () => traceOf([[kind, 0, 1, 1, 1]])));

describe('the cause of a disagreement', () => {
  /** Explains a failure by what its trace has in it, as if points could tell. */
  class Guess extends KernelOracle {
    override explained(failure: Failure, { ops }: Trace): Failure {
      const has = (kind: number): boolean => ops.some((int, i) => i % 8 === 0 && int === kind);
      if (ops[failure.step * 8] !== OP.munlockall) return failure;
      return { ...failure, explainedBy: has(OP.maps) ? ['not-resident', 'pfnmap-flags'] : ['not-resident'] };
    }
  }

  it('is one cause what turns out to be one, told by the shortest', async () => {
    const both = traceOf([
      ['maps', 0],
      ['status', 0],
      ['munlockall', 0],
    ]);
    const one = traceOf([
      ['status', 0],
      ['status', 0],
      ['munlockall', 0],
    ]);
    // Too many for the last one to be shrunk.
    const { verdict } = await judged(
      failing(),
      [both, both, both, ...othersOf(11), one],
      {},
      new Guess(RELEASE),
    );
    const found = counterexamplesOf(verdict);
    expect(found.length).toBe(12);
    const explained = found.filter(({ failure }) => failure.explainedBy !== undefined);
    expect(
      explained.map(({ sequences, trace, failure }) => [
        sequences,
        traceLength(trace.ops),
        failure.explainedBy,
      ]),
    ).toEqual([[4, 1, ['not-resident']]]);
  });

  it('does not shrink what was seen least, though it could be played', async () => {
    const last = traceOf([
      ['status', 0],
      ['munlockall', 0],
    ]);
    const { verdict } = await judged(failing(), [...othersOf(12), last], {}, new Guess(RELEASE));
    const found = counterexamplesOf(verdict).filter(({ failure }) => failure.explainedBy !== undefined);
    expect(found.map(({ shrinkRuns, trace }) => [shrinkRuns, traceLength(trace.ops)])).toEqual([[0, 2]]);
  });

  it('keeps apart what different operations show', async () => {
    const kernel = played(KERNEL_FLAVOUR, (ops, at, obs) => {
      if ((ops[at] === OP.load || ops[at] === OP.store) && obs[0] === OK) obs[0] = HANG;
    });
    const memory = ['mmap', 0, -1, 0, 1, 3, 1, 0] as const;
    const { verdict } = await judged(kernel, [
      traceOf([memory, ['load', 0, 0, 0]]),
      traceOf([memory, ['store', 0, 0, 0, 16]]),
    ]);
    expect(counterexamplesOf(verdict).map(({ failure: { kind, step } }) => [kind, step])).toEqual([
      ['hang', 1],
      ['hang', 1],
    ]);
  });

  describe('shrinks to what can have the same cause, and to nothing else', () => {
    type Explanation = Pick<Failure, 'explainedBy' | 'explainedTogether'>;
    const [A, B, C] = ['not-resident', 'pfnmap-flags', 'gup-refused'];
    const alone = (...explainedBy: string[]): Explanation => ({ explainedBy });
    const together = (...explainedBy: string[]): Explanation => ({ explainedBy, explainedTogether: true });

    // How it is explained as it was found, and in anything shorter.
    it.each<readonly [string, Explanation, Explanation, number]>([
      ['nothing explains either', {}, {}, 1],
      ['something explains only the shorter', {}, alone(A), 2],
      ['something explains only the longer', alone(A), {}, 2],
      ['the same explains both', alone(A), alone(A), 1],
      ['one of several explains both', alone(A, B), alone(B, C), 1],
      ['another explains the shorter', alone(A), alone(B), 2],
      ['the same together', together(A, B), together(A, B), 1],
      ['others together', together(A, B), together(A, C), 2],
      ['one alone, of which together', together(A, B), alone(A), 2],
    ])('%s', async (_, longer, shorter, length) => {
      class Told extends KernelOracle {
        override explained(failure: Failure, { ops }: Trace): Failure {
          return { ...failure, ...(ops.some((int, i) => i % 8 === 0 && int === OP.maps) ? longer : shorter) };
        }
      }
      const kernel = played(KERNEL_FLAVOUR, (ops, at, obs) => {
        if (ops[at] === OP.munlockall) obs[0] = -99;
      });
      const found = traceOf([
        ['status', 0],
        ['maps', 0],
        ['munlockall', 0],
      ]);
      const { verdict } = await judged(kernel, [found], {}, new Told(RELEASE));
      expect(counterexamplesOf(verdict).map(({ trace }) => traceLength(trace.ops))).toEqual([length]);
    });
  });
});
