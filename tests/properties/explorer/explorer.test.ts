import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { replayOnDesign } from '#properties/checkers/replay';
import { Explorer } from '#properties/explorer/explorer';
import { ENDLESS, LONELY, search, TINY } from './tiny.js';

describe('explore', () => {
  it.each([
    [advance, TINY, 235],
    [demand_fault, TINY, 235],
    [advance, LONELY, 47],
    [demand_fault, LONELY, 47],
  ])('closes for an intended design, with pinned counts: $id, %j, %i', async (design, bounds, states) => {
    const found = await search(design, bounds);
    expect(found).toMatchObject({ closed: true, left: 0, states });
    expect(found.counterexample).toBeUndefined();
    expect(found.notFollowed).toMatchObject({ bound: 0, open: 0, irregular: 0, parted: 0 });
    expect(found.transitions + found.notFollowed.beyond).toBe(found.states * found.operations);
    expect(found.outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(found.transitions);
  });

  it('witnesses what some state should show by shortest sequences that replay', async () => {
    const { sometimes } = await search(advance, TINY);
    const lengths = sometimes.map(({ id, witness }) => [id, (witness?.ops.length ?? 0) / 8]);
    expect(Object.fromEntries(lengths)).toEqual({
      mapped: 2,
      'two-vmas-of-one-buffer': 4,
      'shared-by-processes': 4,
      'redirected-event': 0,
      'mapped-without-descriptor': 3,
      'mapped-by-a-child-of-its-maker': 5,
      pinned: 2,
      written: 3,
      'aux-outlives-data': 0,
    });
    for (const { witness } of sometimes)
      if (witness !== undefined) expect(replayOnDesign(advance, witness).outcome).toBe('passed');
  });

  it('says which invariants had nothing to look at', async () => {
    const { invariants } = await search(advance, TINY, {}, {});
    expect(invariants['failed-mmap-changes-nothing']).toBe(0);
    expect(invariants['charges-match']).toBeGreaterThan(0);
  });

  it.each([
    [{ depth: 3 }, /^the depth of 3 operations/],
    [{ bytes: 1 }, /^the set of states has/],
    [{ timeMs: 0 }, /^the time of 0 s/],
    [{ signal: AbortSignal.abort() }, /^interrupted$/],
  ])('says what cut it short, and what was left: %o', async (limits, cut) => {
    const found = await search(advance, TINY, {}, limits);
    expect(found.closed).toBe(false);
    expect(found.cut).toMatch(cut);
    expect(found.left).toBeGreaterThan(0);
  });

  it('goes on where it stopped, and comes to the same', async () => {
    const explorer = new Explorer({ design: advance, bounds: TINY, symmetry: true });
    for (let depth = 1; (await explorer.run({ ...ENDLESS, depth })) !== undefined; depth++);
    expect(explorer.store.count).toBe((await search(advance, TINY)).states);
  });
});
