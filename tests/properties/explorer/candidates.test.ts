import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Candidates } from '#properties/explorer/candidates';

const form = fc.array(fc.nat(2), { maxLength: 3 });

/** Ints with others behind them. */
const padded = (ints: readonly number[]): Int32Array => Int32Array.of(...ints, 44, 44);

/** Come to these forms. @returns what should have been gathered */
function gather(candidates: Candidates, forms: readonly (readonly number[])[]): number[] {
  const seen = new Set<string>();
  return forms.flatMap((each, i) => {
    const isNew = !seen.has(each.join());
    seen.add(each.join());
    expect(candidates.isNew(padded(each), each.length)).toBe(isNew);
    if (!isNew) return [];
    candidates.add(i, 100 + i, 200 + i, 300 + i);
    return [i, 100 + i, 200 + i, 300 + i, ...each];
  });
}

describe('candidates', () => {
  it('are gathered once each, in the order in which they are come to, with the way; then anew', () => {
    fc.assert(
      fc.property(fc.array(form), fc.array(form), (first, second) => {
        const candidates = new Candidates();
        for (const forms of [first, second]) {
          const expected = gather(candidates, forms);
          expect([...candidates.take()]).toEqual(expected);
        }
        expect(candidates.take().length).toBe(0);
      }),
    );
  });

  it('are kept however many there are', () => {
    const candidates = new Candidates();
    const forms = Array.from({ length: 3000 }, (_, i) => [i, 7 * i]);
    const expected = gather(candidates, forms);
    const taken = candidates.take();
    expect([...taken]).toEqual(expected);
    gather(candidates, forms.toReversed());
    expect([...taken]).toEqual(expected);
  });
});
