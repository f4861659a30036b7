import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownForms } from '#properties/explorer/known-forms';

/** Halves, of parts, of ints. */
type Form = readonly (readonly (readonly number[])[])[];

function find(known: KnownForms, form: Form): number {
  const parts = form.flat();
  let end = 0;
  const ends = parts.map(({ length }) => {
    end += length;
    return end;
  });
  let split = 0;
  const splits = form.map(({ length }) => {
    split += length;
    return split;
  });
  return known.find(Int32Array.from(parts.flat()), Int32Array.from(ends), Int32Array.from(splits));
}

const part = fc.array(fc.nat(2), { maxLength: 2 });
const form: fc.Arbitrary<Form> = fc.array(fc.array(part, { maxLength: 3 }), { minLength: 2, maxLength: 2 });

/** Different forms of two halves. */
const many = (count: number): Form[] =>
  Array.from({ length: count }, (_, i) => [[[i >> 6]], [[i & 63], [i]]]);

describe('known forms', () => {
  it('are remembered as the state that was said last, and never taken for another form', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(form, fc.nat(9))), (visits) => {
        const known = new KnownForms(2);
        const said = new Map<string, number>();
        for (const [each, state] of visits) {
          const text = JSON.stringify(each);
          // One that was remembered in the same place may have taken it.
          const found = find(known, each);
          if (found !== -1) expect(found).toBe(said.get(text));
          known.remember(state);
          said.set(text, state);
          expect(find(known, each)).toBe(state);
        }
      }),
    );
  });

  it('are remembered beside each other, nearly all of them', () => {
    const forms = many(4000);
    const known = new KnownForms(2);
    forms.forEach((each, state) => {
      expect(find(known, each)).toBe(-1);
      known.remember(state);
    });
    const found = forms.map((each) => find(known, each));
    const lost = found.filter((state, i) => state !== i);
    expect(new Set(lost).size).toBeLessThanOrEqual(1);
    expect(lost.every((state) => state === -1)).toBe(true);
    expect(lost.length).toBeLessThan(400);
  });

  it('are told apart by any of their parts, however many these are', () => {
    const known = new KnownForms(2);
    const parts = Array.from({ length: 40 }, (_, i) => [i]);
    for (let changed = 0; changed < 40; changed++) {
      const form: Form = [parts.with(changed, [-1]), []];
      expect(find(known, form)).toBe(-1);
      known.remember(changed);
      expect(find(known, form)).toBe(changed);
    }
  });

  it('are forgotten when there are too many parts or halves, and none is taken for what comes then', () => {
    const first: Form = [[[0]], [[1]]];
    const ends = Int32Array.from({ length: 65_536 }, (_, i) => i + 1);
    // With those of the first 65536 parts, all but two in one half; or 65536 halves, of two parts each but for one without any.
    const fills: ((known: KnownForms) => void)[] = [
      (known) =>
        known.find(
          ends.map((end) => end + 1),
          ends,
          Int32Array.of(65_534, 65_534),
        ),
      (known) => {
        for (let i = 0; i < 65_533; i++)
          known.find(Int32Array.of(2 + (i >> 8), i & 255), ends, Int32Array.of(2, 2));
      },
    ];
    for (const fill of fills) {
      const known = new KnownForms(2);
      find(known, first);
      known.remember(3);
      fill(known);
      expect(find(known, first)).toBe(3);
      known.find(Int32Array.of(-1, -2), ends, Int32Array.of(2, 2));
      // It is numbered now as the first was then.
      expect(find(known, [[[8]], [[9]]])).toBe(-1);
      expect(find(known, first)).toBe(-1);
      known.remember(4);
      expect(find(known, first)).toBe(4);
    }
  });
});
