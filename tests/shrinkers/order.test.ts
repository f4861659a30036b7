import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NPAGES, PROT, RLIMIT_PAGES } from '#model/alphabet/operands';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { Spec } from '#model/spec/index';
import { traces } from '#properties/arbitraries/traces';
import { isSimpler, valueCost } from '#shrinkers/order';
import { traceOf } from './traces.js';

const drawn = traces(new Spec(0x3fff), { maxLength: 12 });

describe('isSimpler', () => {
  it('orders any two different traces, one way only, and no trace with itself', () => {
    fc.assert(
      fc.property(drawn, drawn, (a, b) => {
        const same = a.ops.join() === b.ops.join();
        fc.pre(!same);
        expect(isSimpler(a, b)).toBe(!isSimpler(b, a));
        expect(isSimpler(a, a)).toBe(false);
      }),
    );
  });

  it('holds from the first to the last of three when it holds between neighbours', () => {
    fc.assert(
      fc.property(drawn, drawn, drawn, (a, b, c) => {
        const [x, y, z] = [a, b, c].sort((p, q) => (isSimpler(p, q) ? -1 : 1));
        if (isSimpler(x, y) && isSimpler(y, z)) expect(isSimpler(x, z)).toBe(true);
      }),
    );
  });

  it('puts fewer operations first, then simpler kinds, then simpler operands', () => {
    const short = traceOf([['inject', 2, 1, 9]]);
    const long = traceOf([
      ['load', 0, 0, 0],
      ['load', 0, 0, 0],
    ]);
    expect(isSimpler(short, long)).toBe(true);
    expect(isSimpler(traceOf([['load', 2, 31, 6]]), traceOf([['xchg', 0, 0, 16]]))).toBe(true);
    expect(isSimpler(traceOf([['load', 0, 0, 0]]), traceOf([['load', 0, 1, 0]]))).toBe(true);
  });

  it('prefers the default environment', () => {
    const usual = traceOf([['load', 0, 0, 0]]);
    for (const change of [
      { gift: 0 },
      { rlimit: 0 },
      { paranoid: -1 },
      { pku: true },
      { thp: false },
      { ksm: false },
      { aux: false },
    ]) {
      expect(isSimpler(usual, { ...usual, env: { ...DEFAULT_ENV, ...change } })).toBe(true);
    }
  });
});

describe('valueCost', () => {
  it('is lowest for what a reader of a trace expects', () => {
    const cheapest = (domain: typeof PROT) =>
      Array.from({ length: domain.max - domain.min + 1 }, (_, i) => domain.min + i).sort(
        (a, b) => valueCost(domain, a) - valueCost(domain, b),
      )[0];
    expect(cheapest(PROT)).toBe(1);
    expect(cheapest(NPAGES)).toBe(1);
    expect(cheapest(RLIMIT_PAGES)).toBe(0);
  });
});
