import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { v6_14 } from '#model/designs/v6.14';
import type { Bounds } from '#properties/explorer/bounds';
import { Explorer } from '#properties/explorer/explorer';
import { NAMED_BOUNDS } from '#properties/explorer/named-bounds';
import type { Question } from '#properties/explorer/question';
import { reportOf } from '#properties/explorer/report-of';
import { ENDLESS, search, TINY } from './tiny.js';

const [small] = NAMED_BOUNDS;
/** Levels that are wide enough for several threads, and no violation before them. */
const DEEP: Bounds = {
  ...small,
  name: 'deep',
  operations: small.operations.filter(({ op }) => !['munmap', 'madvise', 'mprotect', 'close'].includes(op)),
};

/** All that a search came to, but for time and memory. */
async function outcome(design: Design, bounds: Bounds, workers: number, more: Partial<Question> = {}) {
  const { seconds: _, bytes: __, ...rest } = await search(design, bounds, more, { workers });
  return rest;
}

describe('several threads', () => {
  it.each([
    ['a closed search', advance, small, {}],
    ['without symmetry', advance, small, { symmetry: false }],
    ['two designs', advance, DEEP, { against: demand_fault }],
  ] as const)('come to what one comes to: %s', async (_name, design, bounds, more) => {
    const alone = await outcome(design, bounds, 1, more);
    expect(alone.closed).toBe(true);
    expect(await outcome(design, bounds, 2, more)).toEqual(alone);
  });

  it('are as many as one likes', async () => {
    expect(await outcome(advance, small, 3)).toEqual(await outcome(advance, small, 1));
  });

  it('find the same counterexample, in the midst of a wide level', async () => {
    // A rule that the design breaks late: the two threads come upon it in several places.
    const only = ['charges-match'];
    const alone = await outcome(v6_14, small, 1, { only });
    expect(alone.counterexample).toBeDefined();
    expect(alone.states).toBeGreaterThan(256);
    expect(await outcome(v6_14, small, 2, { only })).toEqual(alone);
  });

  it('stop in the middle of a level, and go on', async () => {
    const explorer = new Explorer({ design: advance, bounds: small, symmetry: false });
    const controller = new AbortController();
    let rounds = 0;
    const limits = { ...ENDLESS, workers: 2, signal: controller.signal };
    const onProgress = (): void => {
      if (explorer.store.count > 1_000) controller.abort();
      rounds++;
    };
    expect(await explorer.run({ ...limits, onProgress })).toBe('interrupted');
    expect(rounds).toBeGreaterThan(0);
    expect(explorer.head).toBeLessThan(explorer.store.count);
    expect(await explorer.run({ ...ENDLESS, workers: 2 })).toBeUndefined();
    const { seconds: _, bytes: __, ...resumed } = reportOf(explorer, undefined);
    expect(resumed).toEqual(await outcome(advance, small, 1, { symmetry: false }));
  });

  it('say so when they cannot have the design', async () => {
    const unknown = { ...advance, id: 'unregistered' };
    await expect(search(unknown, small, {}, { workers: 2 })).rejects.toThrow(
      'there is no design called unregistered',
    );
    // What is too small for several threads is done by one.
    expect((await search(unknown, TINY, {}, { workers: 2 })).closed).toBe(true);
  });
});
