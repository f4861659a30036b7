import { describe, expect, it } from 'vitest';
import { ERRNO } from '#model/alphabet/errno';
import { INJECT_ALLOC } from '#model/alphabet/operands';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { should_fail } from '#model/kernel/inject';
import { VM_RAND_READ } from '#model/mm/flags';
import { type Explanation, explainDifference } from '#properties/explorer/explain-difference';
import { pack } from '../../support/script.js';

const traceOf = (...lines: string[]): Trace => ({
  env: DEFAULT_ENV,
  ops: Int32Array.from(lines.flatMap((line) => [...pack(line)])),
});

const MAPPED = ['open fd=0', 'mmap fd=0 npages=2 prot=read+write'];
const by = (...points: string[]): Explanation => ({ either: false, points });

/** It maps as the design does, and marks the mapping with a flag that no specification knows. */
const marking = (design: Design): Design => ({
  ...design,
  id: 'marking',
  mmap: (w, v) => {
    w.vma.vm_flags[v] |= VM_RAND_READ;
    return design.mmap(w, v);
  },
});

/** One allocation more than the design has. */
const allocating: Design = {
  ...advance,
  id: 'allocating',
  mmap: (w, v) => (should_fail(w, INJECT_ALLOC) ? -ERRNO.ENOMEM : advance.mmap(w, v)),
};

describe('a difference', () => {
  it.each<[string, string, readonly string[], string]>([
    ['dontneed-refused', 'outcome', ['madvise npages=2 advice=DONTNEED'], 'advice that is refused'],
    ['lru-advice-refused', 'outcome', ['madvise npages=2 advice=COLD'], 'other advice that is refused'],
    ['gup-refused', 'outcome', ['fork child=1', '1: vm_readv target=0 page=0'], 'an access that is refused'],
    ['pfnmap-flags', 'VmFlags io pf', ['maps'], 'flags'],
    ['not-resident', 'Rss', ['load', 'maps'], 'pages that do not count'],
    ['not-resident', 'Rss', ['madvise npages=2 advice=RANDOM', 'load page=1', 'maps'], 'the same, later'],
  ])('is explained by the one point that it takes: %s', (point, what, lines) => {
    const trace = traceOf(...MAPPED, ...lines);
    expect(explainDifference(advance, demand_fault, trace, what)).toEqual(by(point));
    expect(explainDifference(demand_fault, advance, trace, what)).toEqual(by(point));
  });

  it('is explained by a point that leaves a choice to one side alone', () => {
    const trace = traceOf('open fd=0', 'inject site=pgtable nth=1', 'mmap fd=0 npages=2 prot=read');
    const explanation = by('tables-made-by-mmap');
    expect(explainDifference(advance, demand_fault, trace, 'outcome')).toEqual(explanation);
    expect(explainDifference(demand_fault, advance, trace, 'outcome')).toEqual(explanation);
  });

  it('needs no point where both specifications leave the choice', () => {
    const trace = traceOf('open fd=0', 'inject site=alloc nth=3', 'mmap fd=0 npages=2 prot=read');
    expect(explainDifference(advance, allocating, trace, 'outcome')).toEqual({ either: true, points: [] });
  });

  it('is explained by nothing when a specification does not allow it of its own design', () => {
    const flags = 'VmFlags io pf rr';
    const trace = traceOf(...MAPPED, 'maps');
    for (const [one, other] of [
      [advance, marking(demand_fault)],
      [marking(demand_fault), advance],
    ])
      expect(explainDifference(one, other, trace, flags)).toEqual(by());
    // It shows before the last operation, too, and then that is not explained either.
    const later = traceOf(...MAPPED, 'maps', 'madvise npages=2 advice=DONTNEED');
    expect(explainDifference(advance, marking(demand_fault), later, 'outcome')).toEqual(by());
  });

  it('must be there', () => {
    const trace = traceOf(...MAPPED, 'maps');
    expect(() => explainDifference(advance, demand_fault, trace, 'pgoff')).toThrow(
      new RangeError('advance and demand-fault do not differ in pgoff'),
    );
    expect(() => explainDifference(advance, demand_fault, traceOf(...MAPPED, 'maps', 'load'), 'Rss')).toThrow(
      RangeError,
    );
  });
});
