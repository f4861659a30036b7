import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Spec } from '#model/spec/index';
import { checkOperation } from '#model/trace/layout';
import { traces } from '#properties/arbitraries/traces';
import { candidates, candidatesOf } from '#shrinkers/candidates';
import type { Pass } from '#shrinkers/edit';
import { isSimpler } from '#shrinkers/order';
import { PASSES } from '#shrinkers/passes/index';

const drawn = traces(new Spec(0x3fff), { maxLength: 25 });
const short = traces(new Spec(0x3fff), { maxLength: 8 });

describe('candidates', () => {
  it('are traces, and simpler than the one that they come from', () => {
    fc.assert(
      fc.property(drawn, (trace) => {
        let seen = 0;
        for (const candidate of candidates(trace)) {
          for (let at = 0; at < candidate.ops.length; at += 8) checkOperation(candidate.ops, at);
          if (!isSimpler(candidate, trace)) expect.fail('a candidate is not simpler');
          if (++seen === 2_000) break;
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are the same every time', () => {
    fc.assert(
      fc.property(drawn, (trace) => {
        expect([...candidates(trace)].slice(0, 300)).toEqual([...candidates(trace)].slice(0, 300));
      }),
      { numRuns: 10 },
    );
  });

  it('come from every pass', () => {
    const fruitful = new Set<Pass>();
    for (const trace of fc.sample(fc.oneof(drawn, short), { seed: 1, numRuns: 400 })) {
      for (const pass of PASSES)
        if (!fruitful.has(pass))
          for (const _ of candidatesOf(pass, trace)) {
            fruitful.add(pass);
            break;
          }
    }
    expect(fruitful.size).toBe(PASSES.length);
  });
});
