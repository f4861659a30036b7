import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeToken } from '#model/trace/token';
import { VERSION } from '#model/trace/version';
import { bodyOf, forge, messageOf, problem, SMALL, TEXT } from './good-and-wrong.js';

describe('hostile tokens', () => {
  it('never make anything but a TraceError of one printable line', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((s) => `ma1:0.1.0:advance:${s}`),
      fc.tuple(fc.nat(60), fc.string({ maxLength: 3 })).map(([at, s]) => {
        const token = encodeToken('advance', SMALL);
        return token.slice(0, at) + s + token.slice(at + 1);
      }),
      fc.uint8Array({ maxLength: 60 }).map((body) => forge(body)),
      fc.tuple(fc.nat(60), fc.nat(255)).map(([at, byte]) => {
        const body = bodyOf(encodeToken('advance', SMALL));
        body[at % body.length] = byte;
        return forge(body, byte % 2 === 0 ? VERSION : '2.0.0');
      }),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        expect(problem(hostile)).toMatch(/^(no problem|token: [\x20-\x7e]+)$/);
      }),
      { numRuns: 2000 },
    );
    expect(problem('ma1:'.padEnd(1 << 20, 'x'))).toContain('not a token');
  });
});

describe('hostile trace files', () => {
  it('may be nested as deep as it likes', () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    expect(messageOf(deep)).toBe('a.json: a list is wrong: write a value of type object');
    expect(messageOf(TEXT.replace('"fd":0', `"fd":${deep}`))).toContain('/operations/0/fd: a list is wrong');
  });

  it('never make anything but a TraceError of one printable line', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc
        .tuple(fc.nat(TEXT.length), fc.string({ unit: 'binary', maxLength: 4 }))
        .map(([at, text]) => TEXT.slice(0, at) + text + TEXT.slice(at + 1)),
      fc
        .tuple(fc.constantFrom(...TEXT.matchAll(/"\w+"|\d+|true|\[\]/g)), fc.jsonValue())
        .map(
          ([match, value]) =>
            TEXT.slice(0, match.index) + JSON.stringify(value) + TEXT.slice(match.index + match[0].length),
        ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        expect(messageOf(text)).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]+$/u);
      }),
      { numRuns: 2000 },
    );
  });
});
