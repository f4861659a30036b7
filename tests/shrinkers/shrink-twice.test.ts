import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traceLength } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { traces } from '#properties/arbitraries/traces';
import { shrink } from '#shrinkers/shrink';
import { failsWhere } from './traces.js';

const drawn = traces(new Spec(0x3fff), { maxLength: 60 });

describe('shrink', () => {
  it('changes nothing of what it has shrunk', () => {
    fc.assert(
      fc.property(
        drawn,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 50 }),
        (start, count, odd) => {
          // A failure that hangs on an arbitrary sum over the trace: no pass can know its reason.
          const fails = failsWhere((trace, step) => {
            if (step + 1 < Math.min(count, traceLength(start.ops))) return false;
            const sum = trace.ops.subarray(0, (step + 1) * 8).reduce((a, b) => a + b, 0);
            return sum % 51 === odd;
          });
          const failure = fails(start);
          fc.pre(failure !== undefined);
          if (failure === undefined) return;
          const once = shrink({ trace: start, failure }, fails);
          const twice = shrink(once, fails);
          expect(twice.trace).toEqual(once.trace);
          expect(twice.failure).toEqual(once.failure);
        },
      ),
      { numRuns: 40 },
    );
  });
});
