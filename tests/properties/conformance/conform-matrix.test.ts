import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '#model/spec/index';
import { type ConformOptions, conform } from '#properties/conformance/conform';
import { type Alter, KERNEL_FLAVOUR } from '../checkers/fakes.js';
import { bitOf, specKernel } from './kernels.js';
import { ADVICE, OPENED, OPTIONS, whenRun } from './small-run.js';

describe('conform with a matrix', () => {
  const IDS = [...VARIATION_POINTS, ...KNOWN_FINDINGS].map(({ id }) => id);
  const CORPUS: ConformOptions = { ...OPTIONS, sources: ['corpus'], corpus: [OPENED, ADVICE], matrix: true };

  it('measures first, and holds the kernel to the sides that it is on', async () => {
    const told: string[] = [];
    const { sides, verdict, sources } = await conform(
      specKernel(KERNEL_FLAVOUR ^ bitOf('lru-advice-refused')),
      {
        ...CORPUS,
        onProgress: ({ doing, sequences }) => told.push(`${doing}, ${sequences}`),
      },
    );
    expect(
      sides?.flatMap(({ id, measured }) => (measured === undefined ? [] : [`${id} ${measured}`])),
    ).toEqual(['dontneed-refused 1', 'lru-advice-refused 0']);
    expect(told).toEqual([...IDS, ...IDS].map((id) => `measuring ${id}, 0`).concat('corpus, 0'));
    expect(verdict.outcome).toBe('passed');
    expect(sources[0]).toMatchObject({ sequences: 2, disagreed: 0 });
  });

  it('takes what neither side explains for a disagreement', async () => {
    const alter: Alter = (ops, at, obs) => {
      if (ops[at] === OP.madvise && ops[at + 4] === 17) obs[0] = -99;
    };
    const { verdict, sources } = await conform(specKernel(KERNEL_FLAVOUR, alter), {
      ...CORPUS,
      corpus: [OPENED],
    });
    expect(verdict.outcome).toBe('failed');
    expect(verdict.counterexample?.failure.detail).toBe('process 0: madvise gave errno 99, allowed EINVAL');
    expect(verdict.counts.sequences).toBe(2);
    expect(sources[0]).toMatchObject({ sequences: 1, disagreed: 0 });
  });

  it('has no sides when it is interrupted before it, and those that it has when meanwhile', async () => {
    const before = new AbortController();
    before.abort();
    const none = await conform(specKernel(), { ...CORPUS, signal: before.signal });
    expect(none.sides).toBeUndefined();
    const meanwhile = new AbortController();
    const some = await conform(specKernel(), {
      ...CORPUS,
      signal: meanwhile.signal,
      onProgress: ({ doing }) => {
        if (doing === `measuring ${IDS[1]}`) meanwhile.abort();
      },
    });
    expect(some.sides?.map(({ id }) => id)).toEqual(IDS.slice(0, 2));
    expect(some.sources[0].incomplete).toBe('interrupted before it began');
  });

  it('is not told of a kernel that was lost while it was measured', async () => {
    const dying = whenRun(specKernel(), () => {
      throw new Error('the machine is gone');
    });
    const { sides, sources } = await conform(dying, CORPUS);
    expect(sides).toBeUndefined();
    expect(sources[0].incomplete).toBe('the kernel was lost: the machine is gone');
  });
});
