import { describe, expect, it } from 'vitest';
import { traceLength } from '#model/alphabet/trace';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { VM_DONTCOPY } from '#model/mm/flags';
import { checkRandom } from '#properties/checkers/random';
import { replayOnDesign } from '#properties/checkers/replay';

const OPTIONS = { seed: 1, runs: 800, length: 30, timeMs: 60_000 };

const { may_split: _, ...withoutMaySplit } = advance.vm_ops;

/** Designs with one defect planted. */
const PLANTED: readonly Design[] = [
  { ...advance, id: 'no-may-split', vm_ops: withoutMaySplit },
  { ...advance, id: 'mkwrite-any-page', vm_ops: { ...advance.vm_ops, pfn_mkwrite: () => 0 } },
  {
    ...advance,
    id: 'dontcopy-forgotten',
    mmap: (w, v) => {
      const status = advance.mmap(w, v);
      w.vma.vm_flags[v] &= ~VM_DONTCOPY;
      return status;
    },
  },
  { ...advance, id: 'open-forgotten', vm_ops: { ...advance.vm_ops, open: () => {} } },
  { ...demand_fault, id: 'mapping-left-at-free', before_free: () => {} },
];

describe('checkRandom', () => {
  it.each([advance, demand_fault])('passes $id, and looks at every invariant on the way', async (design) => {
    const { outcome, counterexample, invariants } = await checkRandom(design, OPTIONS);
    expect(counterexample?.failure).toBeUndefined();
    expect(outcome).toBe('passed');
    expect(Object.entries(invariants).filter(([, looked]) => looked === 0)).toEqual([]);
  });

  it.each(PLANTED)(
    'finds what is wrong with $id, in a few operations with a picture after each',
    async (design) => {
      const { outcome, counterexample } = await checkRandom(design, OPTIONS);
      expect(outcome).toBe('failed');
      if (counterexample === undefined) return;
      const { trace, pictures, failure } = counterexample;
      expect(traceLength(trace.ops)).toBeLessThanOrEqual(4);
      expect(pictures?.length).toBe(traceLength(trace.ops));
      expect(replayOnDesign(design, trace).counterexample?.failure).toEqual(failure);
    },
  );
});
