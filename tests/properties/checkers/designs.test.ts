import { describe, expect, it } from 'vitest';
import { traceLength } from '#model/alphabet/trace';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { DESIGNS, type Design } from '#model/designs/index';
import { VM_DONTCOPY } from '#model/mm/flags';
import { flavourOfKernel, VP } from '#model/spec/index';
import { flavourOfDesign } from '#properties/checkers/flavour-of-design';
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

describe('flavourOfDesign', () => {
  it('is that of the kernel which a design transcribes', () => {
    for (const design of DESIGNS) {
      if (design.kind === 'transcribed') {
        expect([design.id, flavourOfDesign(design)]).toEqual([
          design.id,
          flavourOfKernel(design.core.release),
        ]);
      }
    }
  });

  it('has the sides of its mechanism, and for the rest those of the kernel around it', () => {
    const bit = 1 << VP.gupRefused;
    expect(flavourOfDesign(advance) & bit).toBe(bit);
    expect(flavourOfDesign(demand_fault) & bit).toBe(0);
    const around = 1 << VP.execRefused;
    expect(flavourOfDesign(demand_fault) & around).toBe(flavourOfDesign(advance) & around);
  });
});
