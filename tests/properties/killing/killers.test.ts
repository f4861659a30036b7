import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { MUTANTS } from '#model/mutants/index';
import { findRandom } from '#properties/checkers/random';
import { killersOf } from '#properties/killing/killers';
import { planted } from '../../support/planted-designs.js';
import { judgedBy } from './judged-by.js';

const OPTIONS = { seed: 1, runs: 3_000, length: 30, timeMs: 60_000, failing: 40 };

const idsOf = async (design: Design): Promise<string[]> =>
  (await killersOf(design, OPTIONS)).map(({ id }) => id).sort();

describe('killersOf', () => {
  it('finds nobody where there is nothing to be found', async () => {
    expect(await idsOf(advance)).toEqual([]);
  });

  it.each([
    ['same-task-check', ['spec']],
    ['no-zap', ['no-page-freed-while-mapped']],
    ['mapping-left-at-free', ['no-kernel-warning']],
    ['control-rw-no-hook', ['control-page-only-writable', 'entry-is-right-when-set', 'spec']],
    // What never returns is told by the invariant that says so, though the run ends there.
    ['fault-no-mapping', ['operations-return']],
  ])('%s: %j', async (id, killers) => {
    expect(await idsOf(planted(id))).toEqual(killers);
  });

  it.each(['mapfail-no-undo', 'aux-pgoff-zero', 'extra-grows', 'insert-pages-in-mmap'])(
    '%s: each of them finds it alone, in as many operations',
    async (id) => {
      const mutant = MUTANTS.find((each) => each.id === id);
      if (mutant === undefined) throw new Error(`no mutant ${id}`);
      const killers = (await killersOf(mutant.design, OPTIONS)).filter((each) => each.id !== 'spec');
      expect(killers.length).toBeGreaterThan(0);
      for (const killer of killers) {
        const { found, counts } = await findRandom(judgedBy(killer.id, mutant.design), OPTIONS);
        expect(found?.failure.rule).toBe(killer.id);
        expect([killer.id, counts.operations]).toEqual([killer.id, killer.operations]);
      }
    },
  );
});
