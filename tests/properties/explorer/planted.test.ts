import { describe, expect, it } from 'vitest';
import { traceLength } from '#model/alphabet/trace';
import { checkRandom } from '#properties/checkers/random';
import type { Bounds } from '#properties/explorer/bounds';
import { NAMED_BOUNDS } from '#properties/explorer/named-bounds';
import { PLANTED, planted } from '../../support/planted-designs.js';
import { LONELY, search, TINY } from './tiny.js';

/** The defects of which no random run may find a shorter sequence, and bounds in which they show. */
const DEFECTS: readonly (readonly [string, Bounds, string, number])[] = [
  ['vma-split', TINY, 'mappings-counted', 3],
  ['shared-prot', TINY, 'entry-is-right-when-set', 2],
  ['no-zap', LONELY, 'no-page-freed-while-mapped', 3],
  ['mkwrite-page-1', TINY, 'entry-is-right-when-set', 3],
  ['fork-inherits-vma', TINY, 'spec', 3],
];

/** What the kernel writes counts, so that the search has no end but its depth. */
const RECORDS: Bounds = {
  ...TINY,
  name: 'records',
  processes: 1,
  records: 'counted',
  operations: [
    { op: 'open', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [['read'], ['read', 'write']] } },
    { op: 'record', with: { count: [1, 127] } },
    { op: 'load', with: { page: [0], word: ['data_head'] } },
  ],
};
const RECORDS_DEPTH = 5;

/** Memory that is locked, beside memory that is pinned. */
const LOCKED: Bounds = {
  ...TINY,
  name: 'locked',
  env: { gift: 2, rlimit: 2 },
  processes: 1,
  operations: [
    { op: 'open', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [3], prot: [['read']] } },
    {
      op: 'mmap',
      with: { fd: [-1], page: [4], npages: [1], prot: [['read']], flags: [['private', 'locked']] },
    },
    { op: 'exit' },
    { op: 'status' },
  ],
};

/** Bounds that together show every defect, fastest first. */
const SMALL_ONES: readonly Bounds[] = [
  TINY,
  LONELY,
  RECORDS,
  LOCKED,
  ...['refusals', 'aux', 'aux-failures', 'failures', 'moves', 'limits'].flatMap((wanted) =>
    NAMED_BOUNDS.filter(({ name }) => name === wanted),
  ),
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

  const known = new Set(DEFECTS.map(([id]) => id));
  it.each(PLANTED.filter(({ id }) => !known.has(id)))(
    '$id, in one of the small bounds',
    async (design) => {
      for (const bounds of SMALL_ONES) {
        const { counterexample, closed } = await search(
          design,
          bounds,
          {},
          bounds === RECORDS ? { depth: RECORDS_DEPTH } : {},
        );
        if (counterexample === undefined) {
          expect(closed || bounds === RECORDS).toBe(true);
          continue;
        }
        expect(counterexample.failure.step).toBe(traceLength(counterexample.trace.ops) - 1);
        return;
      }
      expect.unreachable(`${design.id} is clean in all of ${SMALL_ONES.map(({ name }) => name).join(', ')}`);
    },
    180_000,
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
