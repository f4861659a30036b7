import { describe, expect, it } from 'vitest';
import type { Flavour } from '#model/alphabet/specification';
import { VARIATION_POINTS, VP } from '#model/spec/index';
import { ACCEPTED, AFTER, answers, REJECTED, specIn, verdict } from './story.js';

const PERF = `
  open fd=0
  mmap fd=0 page=0 npages=3 prot=read+write`;

/** For a variation point that gives a choice: a sequence, and an answer to its last operation that one side alone allows. */
const CHOICES: Readonly<Record<string, readonly [string, string]>> = {
  'tables-made-by-mmap': [
    `open fd=0 => ok
    inject site=pgtable nth=1 => ok`,
    'mmap fd=0 page=0 npages=3 prot=read => ENOMEM',
  ],
};

/** For each other variation point a sequence that its sides answer differently. */
const WITNESSES: Readonly<Record<string, string>> = {
  'gup-refused': `${PERF}
    vmsplice page=0`,
  'dontneed-refused': `${PERF}
    madvise page=0 npages=3 advice=DONTNEED`,
  'lru-advice-refused': `${PERF}
    madvise page=0 npages=3 advice=COLD`,
  'not-resident': `${PERF}
    load page=0 word=first
    maps`,
  'populate-refused': `${PERF}
    madvise page=0 npages=1 advice=POPULATE_READ`,
  'dofork-refused': `${PERF}
    madvise page=0 npages=3 advice=DOFORK
    fork child=1
    p1 load page=0 word=first`,
  'mlock-ignored': `${PERF}
    mprotect page=0 npages=3 prot=0
    mlock page=0 npages=3`,
  'pfnmap-flags': `${PERF}
    maps`,
  'exec-refused': `${PERF}
    mprotect page=0 npages=3 prot=exec`,
  'redirected-busy': `${PERF}
    open fd=1 output=0
    mmap fd=1 page=4 npages=3 prot=read`,
  'cut-invalid': `${PERF}
    mmap fd=-1 page=0 npages=1 prot=read`,
  'mremap-checks-first': `${PERF}
    mmap fd=-1 page=3 npages=1 prot=read
    mremap page=0 npages=4 new_npages=4 mode=fixed new_page=10`,
  'guard-known': 'madvise page=0 npages=0 advice=GUARD_REMOVE',
  'memory-failure': 'madvise page=0 npages=1 advice=HWPOISON',
  'dead-target-enodev': `
    open fd=0
    fork child=1
    exit
    p1 open fd=1 output=0`,
  'populate-stops-at-hole': `
    mmap fd=-1 page=1 npages=1 prot=0
    madvise page=0 npages=2 advice=POPULATE_READ`,
};

describe('the variation points', () => {
  it('have unique ids, and a bit each', () => {
    expect(new Set(VARIATION_POINTS.map(({ id }) => id)).size).toBe(VARIATION_POINTS.length);
    expect(Object.values(VP)).toEqual(VARIATION_POINTS.map((_, bit) => bit));
  });

  it('say what they are, why, and how that is known', () => {
    for (const { id, sides, since, why, evidence } of VARIATION_POINTS) {
      expect(sides, id).toHaveLength(2);
      expect(evidence, id).toMatch(/measured on|read in|never measured/);
      expect(since, id).toMatch(/^\d+\.\d+$|^config$/);
      for (const text of [...sides, why, evidence]) expect(text.length, id).toBeGreaterThan(10);
    }
  });

  it('are all witnessed here', () => {
    expect([...Object.keys(WITNESSES), ...Object.keys(CHOICES)]).toEqual(
      VARIATION_POINTS.map(({ id }) => id),
    );
  });

  const points = VARIATION_POINTS.map(({ id }, bit) => [id, bit] as const);
  it.each(points.filter(([id]) => id in CHOICES))('%s', (id, bit) => {
    const [story, answer] = CHOICES[id] ?? ['', ''];
    const onSide = (flavour: Flavour): number => verdict(`${story}\n${answer}`, { flavour });
    expect(onSide(AFTER & ~(1 << bit))).toBe(REJECTED);
    expect(onSide(AFTER | (1 << bit))).toBe(ACCEPTED);
  });

  it.each(points.filter(([id]) => id in WITNESSES))('%s', (id, bit) => {
    const onSide = (flavour: Flavour): { last: Int32Array | undefined; asked: boolean } => {
      const spec = specIn({ flavour });
      const all = answers(WITNESSES[id] ?? '', spec);
      return { last: all.at(-1), asked: (spec.consulted() & (1 << bit)) !== 0 };
    };
    const before = onSide(AFTER & ~(1 << bit));
    const after = onSide(AFTER | (1 << bit));
    expect(after.last).not.toEqual(before.last);
    // A fork acts on what the advice before it was asked for.
    expect(before.asked || id === 'dofork-refused').toBe(true);
  });
});
