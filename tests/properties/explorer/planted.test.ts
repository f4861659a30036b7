import { describe, expect, it } from 'vitest';
import { traceLength } from '#model/alphabet/trace';
import { checkRandom } from '#properties/checkers/random';
import type { Bounds } from '#properties/explorer/bounds';
import { planted } from '../../support/planted-designs.js';
import { LONELY, search, TINY } from './tiny.js';

/** The defects of which no random run may find a shorter sequence, and bounds in which they show. */
const DEFECTS: readonly (readonly [string, Bounds, string, number])[] = [
  ['vma-split', TINY, 'mappings-counted', 3],
  ['shared-prot', TINY, 'entry-is-right-when-set', 2],
  ['no-zap', LONELY, 'no-page-freed-while-mapped', 3],
  ['mkwrite-page-1', TINY, 'entry-is-right-when-set', 3],
  ['fork-inherits-vma', TINY, 'spec', 3],
];

describe('explore finds planted defects', () => {
  it.each(DEFECTS)('%s', async (id, bounds, rule, length) => {
    const { counterexample, closed } = await search(planted(id), bounds);
    expect(closed).toBe(false);
    expect(counterexample?.failure.rule).toBe(rule);
    expect(counterexample?.trace.ops.length).toBe(8 * length);
    expect(counterexample?.failure.step).toBe(length - 1);
  });

  it.each(DEFECTS)(
    '%s: no shorter by random sequences, and the same without symmetry',
    async (id, bounds) => {
      const design = planted(id);
      const { counterexample } = await search(design, bounds);
      const unreduced = await search(design, bounds, { symmetry: false });
      expect(unreduced.counterexample).toEqual(counterexample);
      const random = await checkRandom(design, { seed: 1, runs: 20_000, length: 30, timeMs: 20_000 });
      expect(random.outcome).toBe('failed');
      const shrunk = traceLength(random.counterexample?.trace.ops ?? new Int32Array(0));
      expect(traceLength(counterexample?.trace.ops ?? new Int32Array(0))).toBeLessThanOrEqual(shrunk);
    },
  );

  it('asks only what it is told to ask', async () => {
    const bounds = TINY;
    const only = ['control-page-only-writable'];
    const { counterexample } = await search(planted('mkwrite-page-1'), bounds, { only });
    expect(counterexample?.failure.rule).toBe('control-page-only-writable');
    const blind = await search(planted('mkwrite-page-1'), bounds, { only: ['nothing-left'] });
    expect(blind.counterexample).toBeUndefined();
    expect(blind.notFollowed.open).toBeGreaterThan(0);
  });
});
