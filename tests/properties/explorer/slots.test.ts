import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARENA_PAGES } from '#model/alphabet/bounds';
import { reachOf, slotsOf } from '#properties/explorer/slots';
import { pack } from '../../support/script.js';

const packed = (...lines: string[]): Int32Array => Int32Array.from(lines.flatMap((line) => [...pack(line)]));

const page = fc.nat(ARENA_PAGES - 1);
const npages = fc.nat(12);
/** An operation, and the pages that it names. */
const naming = fc.oneof(
  fc.constant(['exit', []] as const),
  page.map((at) => [`load page=${at}`, [[at, 1]]] as const),
  fc.tuple(page, npages).map(([at, n]) => [`munmap page=${at} npages=${n}`, [[at, Math.max(1, n)]]] as const),
  fc.tuple(page, page, npages, npages).map(([at, to, n, m]) => {
    const longest = Math.max(1, n, m);
    const ranges = [
      [at, longest],
      [to, longest],
    ];
    return [`mremap page=${at} npages=${n} new_npages=${m} mode=fixed new_page=${to}`, ranges] as const;
  }),
);

describe('stretches of pages', () => {
  it('are the pages that operations name, as few of them as there can be', () => {
    fc.assert(
      fc.property(fc.array(naming, { maxLength: 5 }), (operations) => {
        const named = new Set<number>();
        for (const [at, length] of operations.flatMap(([, ranges]) => [...ranges]))
          for (let i = at; i < Math.min(ARENA_PAGES, at + length); i++) named.add(i);
        const ops = packed(...operations.map(([text]) => text));
        const slots = slotsOf(ops);
        const covered = slots.flatMap(({ start, length }) => Array.from({ length }, (_, i) => start + i));
        expect(covered).toEqual([...named].sort((a, b) => a - b));
        slots.slice(1).forEach(({ start }, i) => {
          expect(start).toBeGreaterThan(slots[i].start + slots[i].length);
        });
        expect(reachOf(ops)).toBe(Math.max(0, ...[...named].map((each) => each + 1)));
      }),
    );
  });

  it('end with the arena', () => {
    expect(slotsOf(packed('munmap page=30 npages=12'))).toEqual([{ start: 30, length: 2 }]);
    expect(slotsOf(packed('load page=31'))).toEqual([{ start: 31, length: 1 }]);
  });
});
