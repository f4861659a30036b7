// Defects as a kernel developer could make them, given to the random check as a user gives it a design.
import { describe, expect, it } from 'vitest';
import { assertPassed } from '#cli/assert-passed';
import { traceLength } from '#model/alphabet/trace';
import type { Design } from '#model/designs/design';
import type { Failure } from '#model/verdict';
import { checkRandom } from '#properties/checkers/random';
import { INTENDED } from '../support/holds.js';
import { PLANTED, planted } from '../support/planted-designs.js';

const OPTIONS = { seed: 1, runs: 20_000, length: 30, timeMs: 20_000 };

/** What the check finds in a design, and in how many operations it says so. */
async function found(design: Design): Promise<{ failure: Failure; operations: number }> {
  const { outcome, counterexample } = await checkRandom(design, OPTIONS);
  if (counterexample === undefined) throw new Error(`${design.id} ${outcome}`);
  return { failure: counterexample.failure, operations: traceLength(counterexample.trace.ops) };
}

describe('the random check', () => {
  // What the planted designs differ from has nothing to be found: what is found is what was planted.
  it.each(INTENDED)('finds nothing in $id', async (design) => {
    const verdict = await checkRandom(design, { ...OPTIONS, runs: 2_000 });
    await assertPassed(verdict);
    const { counts, invariants } = verdict;
    expect(counts.cut / counts.sequences).toBeLessThan(0.05);
    expect(Object.keys(invariants).filter((id) => invariants[id] === 0)).toEqual([]);
  });

  it.each([
    { id: 'vma-split', hook: 'may_split is missing', rules: ['mappings-counted', 'spec'], operations: 3 },
    {
      id: 'shared-prot',
      hook: '`& ~VM_SHARED` is forgotten',
      rules: ['entry-is-right-when-set'],
      operations: 2,
    },
    {
      id: 'no-zap',
      hook: 'a failed map is not zapped',
      rules: ['no-page-freed-while-mapped'],
      operations: 3,
    },
    {
      id: 'mkwrite-page-1',
      hook: 'pfn_mkwrite succeeds for page 1',
      rules: ['entry-is-right-when-set'],
      operations: 3,
    },
    { id: 'fork-inherits-vma', hook: 'VM_DONTCOPY is forgotten', rules: ['spec'], operations: 3 },
  ])('finds within seconds that $hook, and says it in $operations operations', async (defect) => {
    const start = performance.now();
    const { failure, operations } = await found(planted(defect.id));
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(defect.rules).toContain(failure.rule);
    expect(operations).toBeLessThanOrEqual(defect.operations);
    expect(failure.step).toBe(operations - 1);
  });

  it.each(PLANTED)('finds $id', async (design) => {
    const { failure, operations } = await found(design);
    expect(failure.detail).not.toBe('');
    expect(operations).toBeLessThanOrEqual(8);
  });
});
