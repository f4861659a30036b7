import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packed, Unpacker } from '#model/linux/guest/packing';

const bytesOf = (words: readonly number[]): Buffer => Buffer.from(Int32Array.from(words).buffer);

describe('packed words', () => {
  it.each([
    [0, [0]],
    [-1, [1]],
    [1, [2]],
    [63, [126]],
    [64, [128, 1]],
    [2 ** 31 - 1, [254, 255, 255, 255, 15]],
    [-(2 ** 31), [255, 255, 255, 255, 15]],
  ])('%i', (word, bytes) => {
    expect([...packed(bytesOf([word]))]).toEqual(bytes);
  });

  it('come out as they went in, in whatever pieces', () => {
    const words = fc.array(fc.oneof(fc.integer(), fc.integer({ min: -70, max: 70 })), { maxLength: 50 });
    fc.assert(
      fc.property(words, fc.array(fc.nat(20)), (all, cuts) => {
        const stream = packed(bytesOf(all));
        const unpacker = new Unpacker();
        const out: Buffer[] = [];
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          out.push(unpacker.push(stream.subarray(at, at + cut)));
          at = Math.min(stream.length, at + cut);
        }
        expect(Buffer.concat(out)).toEqual(bytesOf(all));
      }),
    );
  });

  it('are filled up with zeros', () => {
    expect(new Unpacker().push(packed(Buffer.from([1, 2, 3, 4, 5])))).toEqual(
      Buffer.from([1, 2, 3, 4, 5, 0, 0, 0]),
    );
  });

  it('that are too long end somewhere', () => {
    expect(new Unpacker().push(Buffer.alloc(10, 0xff))).toHaveLength(8);
  });
});
