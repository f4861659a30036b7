import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitCount, Xoroshiro } from '#properties/arbitraries/xoroshiro';

const int = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });

function seeded(high: number, low: number): Xoroshiro {
  const rng = new Xoroshiro();
  rng.seed(high, low);
  return rng;
}

describe('Xoroshiro', () => {
  it('gives these numbers on every machine', () => {
    const rng = seeded(1, 2);
    const numbers = Array.from({ length: 4 }, () => rng.next());
    expect(numbers).toMatchInlineSnapshot(`
      [
        693735368,
        846678994,
        -1836215141,
        183749234,
      ]
    `);
  });

  it('gives the same numbers for the same seed, and others for another', () => {
    fc.assert(
      fc.property(int, int, (high, low) => {
        const row = (rng: Xoroshiro) => Array.from({ length: 8 }, () => rng.next());
        expect(row(seeded(high, low))).toEqual(row(seeded(high, low)));
        expect(row(seeded(high, low))).not.toEqual(row(seeded(high ^ 1, low)));
        expect(row(seeded(high, low))).not.toEqual(row(seeded(high, low ^ 1)));
      }),
    );
  });

  it('does not stay at zero when the seed is the one that would', () => {
    const rng = seeded(0x9e3779b9, 0);
    expect(new Set(Array.from({ length: 16 }, () => rng.next())).size).toBe(16);
  });

  it('draws every number below n about equally often', () => {
    const rng = seeded(3, 4);
    const counts = new Array<number>(13).fill(0);
    for (let i = 0; i < 13_000; i++) counts[rng.below(13)]++;
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1150);
  });

  it('stays below n, up to 65536', () => {
    fc.assert(
      fc.property(int, int, fc.integer({ min: 1, max: 65536 }), (high, low, n) => {
        const drawn = seeded(high, low).below(n);
        expect(drawn).toBeGreaterThanOrEqual(0);
        expect(drawn).toBeLessThan(n);
      }),
    );
  });

  it('stays within both ends and reaches them', () => {
    const rng = seeded(5, 6);
    const drawn = new Set(Array.from({ length: 200 }, () => rng.within(-1, 3)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2, 3]);
  });

  it('says yes in as many of 256 cases as asked for, never in 0 and always in 256', () => {
    const rng = seeded(7, 8);
    const share = (of256: number) =>
      Array.from({ length: 4000 }, () => rng.chance(of256)).filter(Boolean).length / 4000;
    expect(share(0)).toBe(0);
    expect(share(256)).toBe(1);
    expect(share(64)).toBeCloseTo(0.25, 1);
  });

  it('draws each of several values', () => {
    const rng = seeded(9, 9);
    expect(new Set(Array.from({ length: 50 }, () => rng.oneOf([3, 5, 3])))).toEqual(new Set([3, 5]));
  });

  it('takes every set bit of four and no other, each equally often', () => {
    const rng = seeded(1, 1);
    for (let mask = 1; mask < 16; mask++) {
      const counts = [0, 0, 0, 0];
      for (let i = 0; i < 4000; i++) counts[rng.bitOf(mask)]++;
      counts.forEach((count, bit) => {
        const share = ((mask >>> bit) & 1) / bitCount(mask);
        expect(count / 4000).toBeCloseTo(share, 1);
      });
    }
    expect(rng.bitOf(0)).toBe(-1);
  });

  it('takes every page of a mask and no other', () => {
    fc.assert(
      fc.property(int, int, (seed, mask) => {
        const rng = seeded(seed, 1);
        let seen = 0;
        for (let i = 0; mask !== 0 && i < 600; i++) seen |= 1 << rng.pageOf(mask);
        expect(seen).toBe(mask);
        expect(rng.pageOf(0)).toBe(-1);
      }),
      { numRuns: 30 },
    );
  });

  it('takes the first page of a run as often as places before it lead there', () => {
    const rng = seeded(2, 7);
    const counts = [0, 0, 0];
    for (let i = 0; i < 3200; i++) counts[rng.pageOf(0b111 << 4) - 4]++;
    const [first, ...others] = counts;
    expect(first).toBeGreaterThan(2900);
    for (const count of others) expect(count).toBeLessThan(150);
  });
});

describe('bitCount', () => {
  it('counts the ones of any 32-bit integer', () => {
    fc.assert(
      fc.property(int, (mask) => {
        expect(bitCount(mask)).toBe((mask >>> 0).toString(2).replaceAll('0', '').length);
      }),
    );
  });
});
