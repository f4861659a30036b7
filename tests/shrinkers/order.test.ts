import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FD_OR_NONE,
  MLOCKALL_FLAGS,
  MMAP_FLAGS,
  NPAGES,
  PROT,
  RLIMIT_PAGES,
  TOKEN,
} from '#model/alphabet/operands';
import { OP_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { Spec } from '#model/spec/index';
import { traces } from '#properties/arbitraries/traces';
import { isSimpler, simplestFirst, valueCost } from '#shrinkers/order';
import { read, traceOf } from './traces.js';

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

  it('takes no other operation for simpler than a load, or as simple', () => {
    const load = traceOf([['load', 2, 31, 6]]);
    for (const name of OP_NAMES.filter((each) => each !== 'load')) {
      const other = traceOf([[name, 0]]);
      expect([name, isSimpler(load, other), isSimpler(other, load)]).toEqual([name, true, false]);
    }
  });

  it('adds up how simple the kinds are, and asks for operands where that is the same', () => {
    const [loads, stores] = [read('load 0 5; mmap 0 -1 0 1 1'), read('store 0; open 0 0 0 -1')];
    expect([isSimpler(stores, loads), isSimpler(loads, stores)]).toEqual([true, false]);
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

  it('prefers an environment that differs in less, or by less', () => {
    const trace = traceOf([['load', 0, 0, 0]]);
    const inEnv = (change: object) => ({ ...trace, env: { ...DEFAULT_ENV, ...change } });
    const order = (...changes: object[]): void => {
      for (let i = 1; i < changes.length; i++) {
        const [simpler, other] = [inEnv(changes[i - 1]), inEnv(changes[i])];
        expect([changes[i], isSimpler(simpler, other), isSimpler(other, simpler)]).toEqual([
          changes[i],
          true,
          false,
        ]);
      }
    };
    order({}, { pku: true }, { pku: true, thp: false }, { pku: true, thp: false, ksm: false, aux: false });
    order({}, { gift: 0 }, { gift: 3 }, { gift: 40 });
    order({}, { rlimit: 0 }, { rlimit: 3 }, { rlimit: 40 });
    order({}, { paranoid: 1 }, { paranoid: 0 }, { paranoid: -1 });
    order({ gift: 3 }, { paranoid: 1 }, { gift: 12, paranoid: 1, rlimit: 0 });
    // The usual limit is simpler than one that is less.
    order({ gift: DEFAULT_ENV.gift, rlimit: 0 }, { gift: 0, rlimit: 0 });
  });

  it('weighs all operations of a trace, and breaks ties by what stands first', () => {
    const two = (a: number, b: number) =>
      traceOf([
        ['load', 0, a, 0],
        ['load', 0, b, 0],
      ]);
    expect(isSimpler(two(1, 1), two(0, 3))).toBe(true);
    expect(isSimpler(two(0, 2), two(1, 1))).toBe(true);
    expect(isSimpler(two(1, 1), two(0, 2))).toBe(false);
    const kinds = traceOf([
      ['maps', 0],
      ['load', 0, 0, 0],
    ]);
    expect(
      isSimpler(
        kinds,
        traceOf([
          ['load', 0, 0, 0],
          ['mlockall', 0, 0],
        ]),
      ),
    ).toBe(true);
    expect(
      isSimpler(
        traceOf([
          ['load', 0, 5, 5],
          ['load', 0, 5, 5],
        ]),
        kinds,
      ),
    ).toBe(true);
  });
});

describe('simplestFirst', () => {
  it('has all values of a domain, the simplest first', () => {
    expect(simplestFirst(PROT)).toEqual([1, 3, 0, 2, 5, 7, 4, 6]);
    expect(simplestFirst(MLOCKALL_FLAGS)).toEqual([0, 1, 2, 4, 3, 5, 6, 7]);
    expect(simplestFirst(NPAGES)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0]);
    expect(simplestFirst(FD_OR_NONE)).toEqual([-1, 0, 1, 2, 3]);
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

  it('is higher the more bits are set, the further a number is from the least, and for an empty range', () => {
    const inOrder = (domain: typeof PROT, ...values: number[]): void => {
      const costs = values.map((value) => valueCost(domain, value));
      expect(costs).toEqual(costs.toSorted((a, b) => a - b));
      expect(new Set(costs).size).toBe(costs.length);
    };
    inOrder(MMAP_FLAGS, 0, 1, 2, 4, 8, 3, 5, 9, 12, 7, 15);
    inOrder(NPAGES, 1, 2, 12, 0);
    inOrder(FD_OR_NONE, -1, 0, 3);
    inOrder(PROT, 1, 3, 0, 2, 5, 7, 4, 6);
    expect(valueCost(FD_OR_NONE, -1)).toBe(0);
    expect(valueCost(TOKEN, TOKEN.min)).toBe(0);
  });
});
