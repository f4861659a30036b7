import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { findRandom } from '#properties/checkers/random';
import { type KillersOptions, killersOf } from '#properties/killing/killers';
import { tryOnce } from '#properties/killing/trial';
import { planted } from '../../support/planted-designs.js';
import { judgedBy } from './judged-by.js';

const OPTIONS: KillersOptions = { seed: 1, runs: 30, length: 10, timeMs: 60_000, failing: 1_000 };

describe('killersOf a few sequences', () => {
  it('is nobody where there is nothing', async () => {
    expect(await killersOf(advance, { ...OPTIONS, runs: 5 })).toEqual([]);
  });

  it.each(['file-put-twice', 'one-page-too-many', 'close-leaks-rb'])(
    'is each that finds %s alone, once, after as many operations',
    async (id) => {
      const design = planted(id);
      const killers = await killersOf(design, OPTIONS);
      expect(killers.length).toBeGreaterThan(2);
      expect(new Set(killers.map((each) => each.id)).size).toBe(killers.length);
      for (const killer of killers.filter((each) => each.id !== 'spec')) {
        const { found, counts } = await findRandom(judgedBy(killer.id, design), OPTIONS);
        expect(found?.failure.rule).toBe(killer.id);
        expect(killer.operations).toBe(counts.operations);
      }
    },
  );

  it('asks on as many sequences that fail as it is told to, and draws no more than it may', async () => {
    const design = planted('file-put-twice');
    const { trial } = await tryOnce(design, OPTIONS);
    const first = await killersOf(design, { ...OPTIONS, failing: 1 });
    expect(first).toEqual(await killersOf(design, { ...OPTIONS, runs: trial.sequences }));
    const two = await killersOf(design, { ...OPTIONS, failing: 2 });
    expect(two.slice(0, first.length)).toEqual(first);
    const all = await killersOf(design, OPTIONS);
    expect(all.slice(0, two.length)).toEqual(two);
    expect([first.length < two.length, two.length < all.length]).toEqual([true, true]);
  });

  it('ends at a signal', async () => {
    expect(await killersOf(planted('file-put-twice'), { ...OPTIONS, signal: AbortSignal.abort() })).toEqual(
      [],
    );
  });
});
