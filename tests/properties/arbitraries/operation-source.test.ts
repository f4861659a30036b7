import { describe, expect, it } from 'vitest';
import { ARENA_PAGES } from '#model/alphabet/bounds';
import { OK, SKIP, UNOBSERVED, VIEW_NONE } from '#model/alphabet/observations';
import { type Domain, OPEN_AUX } from '#model/alphabet/operands';
import { OP, OP_NAMES, OPERAND_NAMES, OPERATIONS } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { checkOperation } from '#model/trace/layout';
import { kernelProfile } from '#properties/arbitraries/profile';
import { drawSequences, type Step } from './sequences.js';

/** Does the operation name pages without any mapping? As the specification's view has it, page by page. */
function namesUnmapped({ ops, spec }: Step): boolean {
  const names = OPERAND_NAMES[ops[0]];
  const operand = (name: string): number => ops[2 + names.indexOf(name)];
  if (!names.includes('page') || ops[0] === OP.mmap) return false;
  const proc = names.includes('target') ? operand('target') : ops[1];
  const npages = names.includes('npages') ? Math.max(1, operand('npages')) : 1;
  for (let page = operand('page'); page < Math.min(ARENA_PAGES, operand('page') + npages); page++) {
    if (spec.view.pageKind(proc, page) !== VIEW_NONE) return false;
  }
  return true;
}

const fingerprint = (sequences: number): string => {
  const parts: string[] = [];
  drawSequences(sequences, 40, ({ ops }) => parts.push(ops.join()));
  return parts.join(' ');
};

describe('OperationSource', () => {
  it('draws the same sequence for the same seed, whatever it drew before', () => {
    const all = fingerprint(30);
    expect(fingerprint(30)).toBe(all);
    expect(all.startsWith(fingerprint(20))).toBe(true);
  });

  it('draws operations of the alphabet with operands in their domains only', () => {
    drawSequences(500, 60, ({ ops }) => expect(() => checkOperation(ops, 0)).not.toThrow());
  });

  it('names things that exist in more than nine of ten operations, and says exactly how many', () => {
    let operations = 0;
    let missing = 0;
    let unmapped = 0;
    let counted = 0;
    let names = false;
    drawSequences(
      2_000,
      60,
      (step) => {
        operations++;
        names = namesUnmapped(step);
        counted = step.source.unmapped;
      },
      (_, obs) => {
        if (names && obs[0] !== SKIP) unmapped++;
        if (names || obs[0] === SKIP) missing++;
      },
    );
    expect(operations).toBeGreaterThan(100_000);
    expect(missing / operations).toBeLessThan(0.05);
    expect(counted).toBe(unmapped);
  });

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

  it('ends a sequence when no process lives', () => {
    let short = 0;
    let steps = 0;
    drawSequences(3_000, 60, ({ spec }) => {
      steps++;
      expect([0, 1, 2].some((proc) => spec.view.alive(proc))).toBe(true);
    });
    short = 3_000 * 60 - steps;
    expect(short).toBeGreaterThan(0);
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
