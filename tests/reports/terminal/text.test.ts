import { describe, expect, it } from 'vitest';
import { clip, line, paint, paragraph, span, wrap } from '#reports/terminal/text';

describe('text for the terminal', () => {
  it('has colours only when asked', () => {
    const lines = [[span('a', 'bad'), span(' b'), span(' c', 'strong')]];
    expect(paint(lines, false)).toBe('a b c\n');
    expect(paint(lines, true)).toBe('\u001b[31ma\u001b[0m b\u001b[1m c\u001b[0m\n');
  });

  it('has no blanks at the ends of lines', () => {
    expect(paint([line('a  '), line()], true)).toBe('a\n\n');
  });

  it('is wrapped at blanks, and within a word only when it is longer than a line', () => {
    expect(wrap('aa bb  cccccc d', 5)).toEqual(['aa bb', 'ccccc', 'c d']);
    expect(wrap('f(a b, c d, e)', 9, /(?<=,) /)).toEqual(['f(a b,', 'c d, e)']);
    expect(wrap('', 5)).toEqual(['']);
  });

  it('is indented below its heading', () => {
    expect(paint(paragraph([span('head  ')], `${'x'.repeat(70)} yyyyy`), false)).toBe(
      `head  ${'x'.repeat(70)}\n      yyyyy\n`,
    );
  });

  it('is cut with a mark', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdef', 4)).toBe('abc>');
  });
});
