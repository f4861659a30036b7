// Defects as a kernel developer could make them, given to the random check as a user gives it a design.
import { describe, expect, it } from 'vitest';
import { traceLength } from '#model/alphabet/trace';
import { checkRandom } from '#properties/checkers/random';
import { PLANTED, planted } from '../support/planted-designs.js';

const OPTIONS = { seed: 1, runs: 20_000, length: 30, timeMs: 20_000 };

describe('the random check', () => {
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
    const { outcome, counterexample } = await checkRandom(planted(defect.id), OPTIONS);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(outcome).toBe('failed');
    expect(defect.rules).toContain(counterexample?.failure.rule);
    expect(traceLength(counterexample?.trace.ops ?? new Int32Array())).toBeLessThanOrEqual(defect.operations);
    expect(counterexample?.failure.step).toBe(traceLength(counterexample?.trace.ops ?? new Int32Array()) - 1);
  });

  it.each(PLANTED)('finds $id', async (design) => {
    const { outcome, counterexample } = await checkRandom(design, OPTIONS);
    expect(outcome).toBe('failed');
    expect(counterexample?.failure.detail).not.toBe('');
    expect(traceLength(counterexample?.trace.ops ?? new Int32Array())).toBeLessThanOrEqual(8);
  });
});
