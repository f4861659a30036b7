import { describe, expect, it } from 'vitest';
import { OK, UNOBSERVED } from '#model/alphabet/observations';
import { type Domain, OPEN_AUX } from '#model/alphabet/operands';
import { OP, OP_NAMES, OPERAND_NAMES, OPERATIONS } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { kernelProfile } from '#properties/arbitraries/profile';
import { drawSequences } from './sequences.js';

describe('what random sequences are made of', () => {
  it('reaches every kind, every value of every operand, and success and failure of nearly every kind', () => {
    const seen = OP_NAMES.map((_, kind) => OPERAND_NAMES[kind].map(() => new Set<number>()));
    const statuses = OP_NAMES.map(() => new Set<number>());
    drawSequences(
      20_000,
      60,
      ({ ops }) => {
        seen[ops[0]].forEach((values, i) => {
          values.add(ops[2 + i]);
        });
      },
      ({ ops }, obs) => statuses[ops[0]].add(obs[0]),
    );
    for (const [kind, name] of OP_NAMES.entries()) {
      const domains: Domain[] = Object.values(OPERATIONS[name].operands);
      domains.forEach(({ min, max }, i) => {
        expect([name, OPERAND_NAMES[kind][i], seen[kind][i].size]).toEqual([
          name,
          OPERAND_NAMES[kind][i],
          max - min + 1,
        ]);
      });
      // A futex wait on a value that is never there always fails.
      if (name !== 'futex') expect([name, [...statuses[kind]]]).toEqual([name, expect.arrayContaining([OK])]);
    }
  });

  it('leaves a part of the alphabet out of most sequences', () => {
    const kinds: Set<number>[] = [];
    drawSequences(200, 200, ({ ops, sequence }) => {
      kinds[sequence] ??= new Set();
      kinds[sequence].add(ops[0]);
    });
    const sizes = kinds.map((set) => set.size).sort((a, b) => a - b);
    expect(sizes[50]).toBeLessThan(30);
    expect(sizes[199]).toBeGreaterThan(38);
  });

  it('sets AUX areas up often enough to get some', () => {
    let areas = 0;
    drawSequences(
      500,
      60,
      () => {},
      ({ ops }, obs) => {
        if (ops[0] === OP.mmap && ops[2] >= 0 && ops[7] > 0 && obs[0] === OK) areas++;
      },
    );
    expect(areas).toBeGreaterThan(50);
  });
});

describe('the kernel profile', () => {
  const env = { ...DEFAULT_ENV, aux: false };

  it('asks only for what a real kernel can do', () => {
    const kinds = new Set<number>();
    drawSequences(
      2_000,
      40,
      ({ ops }) => {
        kinds.add(ops[0]);
        if (ops[0] === OP.open) expect(ops[3] & OPEN_AUX).toBe(0);
      },
      (_, obs) => expect(obs[0]).not.toBe(UNOBSERVED),
      kernelProfile(env),
    );
    expect(OP_NAMES.filter((_, kind) => !kinds.has(kind))).toEqual(['gift', 'inject']);
  });

  it('measures headroom, which takes long, in few operations', () => {
    let operations = 0;
    let headroom = 0;
    drawSequences(
      2_000,
      40,
      ({ ops }) => {
        operations++;
        if (ops[0] === OP.headroom) headroom++;
      },
      undefined,
      kernelProfile(env),
    );
    expect(headroom).toBeGreaterThan(0);
    expect(headroom / operations).toBeLessThan(0.03);
  });

  it('opens events with AUX where there is a PMU for it', () => {
    let aux = 0;
    drawSequences(
      300,
      40,
      ({ ops }) => {
        if (ops[0] === OP.open && (ops[3] & OPEN_AUX) !== 0) aux++;
      },
      undefined,
      kernelProfile(DEFAULT_ENV),
    );
    expect(aux).toBeGreaterThan(0);
  });
});
