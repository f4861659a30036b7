import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '#model/trace/nearest';
import { printable, quote } from '#model/trace/printable';

describe('printable', () => {
  it('spells out what could steer a terminal', () => {
    expect(printable('\u001b[2Jx\n\u009b1m\u202ey\u2028z\u007f')).toBe(
      '\\u{001b}[2Jx\\u{000a}\\u{009b}1m\\u{202e}y\\u{2028}z\\u{007f}',
    );
  });

  it('leaves words of any language alone', () => {
    expect(printable('Größe 页 ёж')).toBe('Größe 页 ёж');
  });

  it('leaves nothing that is not printable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});

describe('quote', () => {
  it('shows any value, and not too much of it', () => {
    expect(quote('x')).toBe('"x"');
    expect(quote(null)).toBe('null');
    expect(quote(Number.POSITIVE_INFINITY)).toBe('Infinity');
    expect(quote({})).toBe('an object');
    expect(quote('y'.repeat(38))).toBe(`"${'y'.repeat(38)}"`);
    expect(quote('y'.repeat(100))).toBe(`"${'y'.repeat(39)}...`);
  });
});

describe('nearest', () => {
  const designs = ['demand-fault', 'advance', 'v6.12', 'v6.14'];

  it('finds what was probably meant, best first', () => {
    expect(nearest('advanc', designs)).toEqual(['advance']);
    expect(nearest('Demand', designs)).toEqual(['demand-fault']);
    expect(nearest('v6.13', designs)).toEqual(['v6.12', 'v6.14']);
  });

  it('finds three at most, and not the first three', () => {
    expect(nearest('v6.13', ['v6.24', 'v6.12', 'v6.14', 'v6.15', 'v6.16'])).toEqual([
      'v6.12',
      'v6.14',
      'v6.15',
    ]);
  });

  it('looks at no word of more than 64 characters', () => {
    const word = 'x'.repeat(65);
    expect(nearest(word.slice(1), [word])).toEqual([word]);
    expect(nearest(word, [word])).toEqual([]);
  });

  it('finds nothing for what is like none of them', () => {
    expect(nearest('quicksort', designs)).toEqual([]);
    expect(nearest('', designs)).toEqual([]);
    expect(nearest('x'.repeat(10_000), designs)).toEqual([]);
  });
});
