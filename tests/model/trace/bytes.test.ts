import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '#model/trace/bytes';
import { TraceError } from '#model/trace/trace-error';

const written = (...values: number[]): Uint8Array => {
  const out = new ByteWriter();
  for (const value of values) out.varint(value);
  return out.done();
};

describe('numbers as bytes', () => {
  it('take seven bits a byte, the low ones first', () => {
    expect(written(0, 0x7f, 0x80, 0x3fff, 0x4000)).toEqual(
      Uint8Array.of(0, 0x7f, 0x80, 1, 0xff, 0x7f, 0x80, 0x80, 1),
    );
    const out = new ByteWriter();
    out.byte(0x1234);
    expect(out.done()).toEqual(Uint8Array.of(0x34));
  });

  it('come back, and nothing is left', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), (values) => {
        const from = new ByteReader(written(...values));
        expect(values.map(() => from.varint())).toEqual(values);
        expect(from.rest).toBe(0);
      }),
    );
    expect(new ByteReader(written(Number.MAX_SAFE_INTEGER)).varint()).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('are refused where they end too early, or are too large', () => {
    expect(() => new ByteReader(Uint8Array.of()).byte()).toThrow(new TraceError('it ends too early'));
    expect(() => new ByteReader(Uint8Array.of(0x80)).varint()).toThrow(new TraceError('it ends too early'));
    const beyond = Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10);
    expect(() => new ByteReader(beyond).varint()).toThrow(new TraceError('a number in it is too large'));
  });
});
