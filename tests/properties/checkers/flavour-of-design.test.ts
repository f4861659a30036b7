import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { CORE_6_12, CORE_6_14, CORE_6_18 } from '#model/designs/core-kernels';
import { demand_fault } from '#model/designs/demand-fault';
import { DESIGNS } from '#model/designs/index';
import { flavourOfKernel, VP } from '#model/spec/index';
import { flavourOfDesign } from '#properties/checkers/flavour-of-design';

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

  it('has what came with mapping in advance as its mechanism says, and nothing else, whatever kernel is around it', () => {
    const bit = 1 << VP.gupRefused;
    const differences = [CORE_6_12, CORE_6_14, CORE_6_18].map((core) => {
      const after = flavourOfDesign({ ...advance, core });
      const before = flavourOfDesign({ ...demand_fault, core });
      const differs = after ^ before;
      expect([after & bit, before & bit]).toEqual([bit, 0]);
      expect(after & ~differs).toBe(flavourOfKernel(core.release) & ~differs);
      return differs;
    });
    expect(new Set(differences).size).toBe(1);
    expect(flavourOfKernel(CORE_6_12.release) & bit).toBe(0);
  });
});
