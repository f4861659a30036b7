import { afterEach, describe, expect, it, vi } from 'vitest';
import { advance } from '#model/designs/advance';
import { counterexampleOf } from '#properties/checkers/counterexample';
import { modelSubject } from '#properties/checkers/model-subject';
import { findRandom, type RandomOptions } from '#properties/checkers/random';
import { tryOnce } from '#properties/killing/trial';
import { planted } from '../../support/planted-designs.js';

const OPTIONS: RandomOptions = { seed: 1, runs: 5, length: 10, timeMs: 60_000 };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('tryOnce', () => {
  it('counts what a search took that finds nothing', async () => {
    const { counts } = await findRandom(modelSubject(advance), OPTIONS);
    expect(await tryOnce(advance, OPTIONS)).toStrictEqual({
      trial: { seed: 1, sequences: 5, operations: counts.operations, seconds: expect.any(Number) },
      shrink: undefined,
      incomplete: undefined,
    });
  });

  it('says what failed first, and shrinks it when it is asked to', async () => {
    const design = planted('always-executable');
    const { found, counts } = await findRandom(modelSubject(design), OPTIONS);
    if (found === undefined) throw new Error('nothing was found');
    const { trial, shrink, incomplete } = await tryOnce(design, OPTIONS);
    const { sequences, operations } = counts;
    expect(trial).toEqual({
      seed: 1,
      sequences,
      operations,
      seconds: expect.any(Number),
      rule: 'entry-is-right-when-set',
    });
    expect(incomplete).toBeUndefined();
    const expected = await counterexampleOf(modelSubject(design), found, () => false);
    expect(expected.trace.ops.length).toBeLessThan(found.trace.ops.length);
    expect(await shrink?.()).toEqual(expected);
  });

  it('shrinks no further than a signal allows', async () => {
    const interrupt = new AbortController();
    const { shrink } = await tryOnce(planted('always-executable'), { ...OPTIONS, signal: interrupt.signal });
    interrupt.abort();
    expect(await shrink?.()).toMatchObject({ shrinkRuns: 0 });
  });

  it('tells an operation that never returns by the invariant that says so', async () => {
    const { trial } = await tryOnce(planted('mkwrite-retries'), OPTIONS);
    expect(trial.rule).toBe('operations-return');
  });

  it('says what kept it from the end', async () => {
    const { incomplete } = await tryOnce(advance, { ...OPTIONS, signal: AbortSignal.abort() });
    expect(incomplete).toBe('interrupted after 0 sequences');
  });

  it('counts seconds of the processor, of the user and of the system', async () => {
    vi.spyOn(process, 'cpuUsage').mockImplementation((before) =>
      before === undefined
        ? { user: 5_000_000, system: 1_000_000 }
        : { user: 7_000_000 - before.user, system: 1_500_000 - before.system },
    );
    expect((await tryOnce(advance, OPTIONS)).trial.seconds).toBe(2.5);
  });
});
