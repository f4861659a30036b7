import { describe, expect, it } from 'vitest';
import type { OpName } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { distinguishing } from '#properties/conformance/shortest-difference';
import { traceOf } from '../../shrinkers/traces.js';
import { KERNEL_FLAVOUR } from '../checkers/fakes.js';
import { bitOf } from './kernels.js';

type Step = readonly [OpName, ...number[]];
const OPEN: Step = ['open', 0, 0, 0, -1];
const MMAP: Step = ['mmap', 0, 0, 0, 2, 1, 0, 0];
const DONTNEED: Step = ['madvise', 0, 0, 2, 4];
const COLD: Step = ['madvise', 0, 0, 2, 17];
const LOAD: Step = ['load', 0, 0, 0];
const LOOKS: readonly Step[] = [
  ['maps', 0],
  ['status', 0],
  ['headroom', 0],
];
const ENV = { ...DEFAULT_ENV, gift: 5, rlimit: 6 };

const traced = (...steps: Step[]) => traceOf(steps, ENV);
const alphabet = (depth: number, ...steps: Step[]) => ({ ops: traced(...steps).ops, depth });
const sides = (id: string) => [KERNEL_FLAVOUR & ~bitOf(id), KERNEL_FLAVOUR | bitOf(id)] as const;

describe('distinguishing', () => {
  it('finds the shortest sequence whose last answer only one side allows', () => {
    const both = alphabet(3, OPEN, MMAP, DONTNEED, COLD);
    expect(distinguishing(ENV, [both], sides('dontneed-refused'))).toEqual([traced(OPEN, MMAP, DONTNEED)]);
    expect(distinguishing(ENV, [both], sides('lru-advice-refused'))).toEqual([traced(OPEN, MMAP, COLD)]);
  });

  it('takes the first of those alike: by the order of the alphabets, then of the operations', () => {
    const [one, other] = [
      alphabet(3, MMAP, OPEN, DONTNEED),
      alphabet(3, OPEN, ['mmap', 0, 0, 0, 3, 1, 0, 0], DONTNEED),
    ];
    const found = traced(OPEN, ['mmap', 0, 0, 0, 3, 1, 0, 0], DONTNEED);
    expect(distinguishing(ENV, [other, one], sides('dontneed-refused'))).toEqual([found]);
    expect(distinguishing(ENV, [one, other], sides('dontneed-refused'))).toEqual([
      traced(OPEN, MMAP, DONTNEED),
    ]);
    const ADVICE_2: Step = ['madvise', 0, 0, 1, 4];
    const two = alphabet(3, OPEN, MMAP, ADVICE_2, DONTNEED);
    expect(distinguishing(ENV, [two], sides('dontneed-refused'))).toEqual([traced(OPEN, MMAP, ADVICE_2)]);
  });

  it('takes a shorter one of a later alphabet', () => {
    const longer = alphabet(9, OPEN, ['fork', 0, 1], ['mmap', 1, 0, 0, 2, 1, 0, 0], ['madvise', 1, 0, 2, 4]);
    const shorter = alphabet(3, OPEN, MMAP, DONTNEED);
    const found = [traced(OPEN, MMAP, DONTNEED)];
    expect(distinguishing(ENV, [longer, shorter], sides('dontneed-refused'))).toEqual(found);
    expect(distinguishing(ENV, [shorter, longer], sides('dontneed-refused'))).toEqual(found);
    expect(distinguishing(ENV, [longer], sides('dontneed-refused'))).toEqual([
      traced(OPEN, ['fork', 0, 1], ['mmap', 1, 0, 0, 2, 1, 0, 0], ['madvise', 1, 0, 2, 4]),
    ]);
  });

  it('ends at the depth of each alphabet, and finds nothing where both are the same', () => {
    const advised = [OPEN, MMAP, DONTNEED];
    expect(
      distinguishing(ENV, [alphabet(2, ...advised), alphabet(9, OPEN)], sides('dontneed-refused')),
    ).toEqual([]);
    expect(distinguishing(ENV, [alphabet(3, ...advised)], [KERNEL_FLAVOUR, KERNEL_FLAVOUR])).toEqual([]);
    expect(distinguishing(ENV, [], sides('dontneed-refused'))).toEqual([]);
  });

  it('comes to an end where sequences could be longer, but lead to nothing new', () => {
    const turning = alphabet(
      60,
      ['mmap', 0, -1, 0, 2, 1, 1, 0],
      ['munmap', 0, 0, 2],
      ['munmap', 0, 0, 1],
      LOAD,
    );
    expect(distinguishing(ENV, [turning], sides('dontneed-refused'))).toEqual([]);
  });

  it('goes on from what changes a state without being answered otherwise', () => {
    // Which page is there shows later only.
    const found = distinguishing(ENV, [alphabet(4, OPEN, MMAP, LOAD, ['maps', 0])], sides('not-resident'));
    expect(found).toEqual([traced(OPEN, MMAP, LOAD, ['maps', 0])]);
    const [zero, one] = sides('not-resident');
    expect(distinguishing(ENV, [alphabet(4, OPEN, MMAP, LOAD, ['maps', 0])], [one, zero])).toEqual(found);
  });

  it('asks in the environment that it is given', () => {
    const alone = [alphabet(3, ['open', 0, 0, 4, -1], MMAP, COLD)];
    expect(distinguishing({ ...ENV, aux: false }, alone, sides('lru-advice-refused'))).toEqual([]);
    const withAux = { ...ENV, aux: true };
    const [found] = distinguishing(withAux, alone, sides('lru-advice-refused'));
    expect(found).toEqual({ ...traced(['open', 0, 0, 4, -1], MMAP, COLD), env: withAux });
  });

  it('has no sequence that tells for sure where one side allows one outcome more, but one that may', () => {
    const INJECT: Step = ['inject', 0, 1, 0];
    const failing = alphabet(4, OPEN, INJECT, MMAP, LOAD, ...LOOKS);
    const may = [traced(OPEN, INJECT, MMAP)];
    expect(distinguishing(ENV, [failing], sides('tables-made-by-mmap'))).toEqual(may);
    const [zero, one] = sides('tables-made-by-mmap');
    expect(distinguishing(ENV, [failing], [one, zero])).toEqual(may);
    // The first that may in each alphabet.
    expect(distinguishing(ENV, [failing, failing], [zero, one])).toEqual([...may, ...may]);
  });

  it('ends with each look, where one side says nothing any more', () => {
    const LOCKED: Step = ['mmap', 0, -1, 0, 2, 1, 9, 0];
    const MOVED: Step = ['mremap', 0, 0, 1, 1, 3, 4];
    const found = LOOKS.map((look) => traced(LOCKED, MOVED, look));
    const moving = alphabet(4, LOCKED, MOVED, ['munmap', 0, 0, 5], ...LOOKS);
    expect(distinguishing(ENV, [moving], sides('kept-mapping-stays-locked'))).toEqual(found);
    const [zero, one] = sides('kept-mapping-stays-locked');
    expect(distinguishing(ENV, [moving], [one, zero])).toEqual(found);
    // Where both say nothing, neither is told.
    expect(distinguishing(ENV, [moving], [one, one])).toEqual([]);
  });

  describe('where a move that is refused has cleared its target on one side only', () => {
    const LOCKED: Step = ['mmap', 0, -1, 0, 4, 2, 9, 0];
    const TARGET: Step = ['mmap', 0, -1, 8, 4, 2, 1, 0];
    /** More than may be locked, from a page on. */
    const growing = (from: number): Step => ['mremap', 0, from, 1, 4, 2, 8];
    /** Either way round, of an alphabet that is given twice: what may tell is told of each. */
    const both = (steps: readonly Step[], [zero, one]: readonly [number, number]) => {
      const twice = [alphabet(6, ...steps), alphabet(6, ...steps)];
      return [distinguishing(ENV, twice, [zero, one]), distinguishing(ENV, twice, [one, zero])];
    };

    it('is not told for sure by an answer of one side that the other allows as well', () => {
      // Whether a page was brought in that may not be read is open; a page that is gone is EFAULT.
      const taken: readonly Step[] = [LOCKED, TARGET, growing(0), ['vmsplice', 0, 8]];
      const may = [traced(...taken), traced(...taken)];
      expect(both(taken, sides('mremap-checks-first'))).toEqual([may, may]);
      const looked: readonly Step[] = [LOCKED, TARGET, growing(0), ['maps', 0]];
      const found = [traced(...looked)];
      expect(both(looked, sides('mremap-checks-first'))).toEqual([found, found]);
    });

    it('does not go on from where both say nothing', () => {
      const steps: readonly Step[] = [LOCKED, TARGET, ['mremap', 0, 0, 1, 1, 3, 6], growing(6), ['maps', 0]];
      const [zero, one] = sides('mremap-checks-first');
      const kept = bitOf('kept-mapping-stays-locked');
      expect(both(steps, [zero | kept, one | kept])).toEqual([[], []]);
      const found = [traced(...steps)];
      expect(both(steps, [zero & ~kept, one & ~kept])).toEqual([found, found]);
    });
  });
});
