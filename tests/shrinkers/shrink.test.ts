import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROT_WRITE } from '#model/alphabet/operands';
import { OP } from '#model/alphabet/operations';
import { type Trace, traceLength } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { traces } from '#properties/arbitraries/traces';
import { firstSteps } from '#shrinkers/edit';
import { withoutIdle } from '#shrinkers/idle';
import { type Failing, shrink, shrinkInBatches } from '#shrinkers/shrink';
import { failsWhere, intAt, kindAt, traceOf } from './traces.js';

/** A store to a page for which an earlier mmap asked: related operands, as a defect has them. */
const storeAfterMmap = failsWhere(
  (trace, step) =>
    kindAt(trace, step) === OP.store &&
    Array.from({ length: step }, (_, i) => i).some(
      (i) =>
        kindAt(trace, i) === OP.mmap &&
        intAt(trace, i, 4) >= 3 &&
        (intAt(trace, i, 5) & PROT_WRITE) !== 0 &&
        intAt(trace, i, 3) < intAt(trace, step, 2) &&
        intAt(trace, i, 3) + intAt(trace, i, 4) > intAt(trace, step, 2),
    ),
);

/** Is the operation one that can do something? */
const isDone = (trace: Trace, step: number): boolean => {
  const upTo = (length: number) => traceLength(withoutIdle(firstSteps(trace, length)).ops);
  return upTo(step + 1) > upTo(step);
};

/** What the child of a fork does to a descriptor that its parent opened. */
const childCloses = failsWhere(
  (trace, step) =>
    kindAt(trace, step) === OP.close &&
    isDone(trace, step) &&
    Array.from({ length: step }, (_, i) => i).some(
      (i) => kindAt(trace, i) === OP.fork && intAt(trace, i, 2) === intAt(trace, step, 1) && isDone(trace, i),
    ),
);

const drawn = traces(new Spec(0x3fff), { maxLength: 60 });

function failing(fails: typeof storeAfterMmap): fc.Arbitrary<Failing> {
  return drawn
    .map((trace) => ({ trace, failure: fails(trace) }))
    .filter((found): found is Failing => found.failure !== undefined);
}

describe('shrink', () => {
  it('finds the smallest trace, with operands that belong together lowered together', () => {
    fc.assert(
      fc.property(failing(storeAfterMmap), (found) => {
        const { trace, failure, minimal } = shrink(found, storeAfterMmap);
        expect(minimal).toBe(true);
        expect(failure.step).toBe(1);
        expect(trace).toEqual(
          traceOf([
            ['mmap', 0, -1, 0, 3, 3],
            ['store', 0, 1],
          ]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('keeps what the failure needs of processes, under their lowest names', () => {
    fc.assert(
      fc.property(failing(childCloses), (found) => {
        const { trace } = shrink(found, childCloses);
        expect(trace).toEqual(
          traceOf([
            ['open', 0, 0, 0, -1],
            ['fork', 0, 1],
            ['close', 1, 0],
          ]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('stops after so many executions with the best so far', () => {
    fc.assert(
      fc.property(failing(storeAfterMmap), fc.integer({ min: 1, max: 40 }), (found, maxRuns) => {
        const { runs, trace, minimal } = shrink(found, storeAfterMmap, { maxRuns });
        expect(runs).toBeLessThanOrEqual(maxRuns);
        expect(storeAfterMmap(trace)).toBeDefined();
        if (runs === maxRuns) expect(minimal).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});

describe('shrinkInBatches', () => {
  it('comes to the same trace as shrinking one by one', async () => {
    await fc.assert(
      fc.asyncProperty(failing(storeAfterMmap), fc.integer({ min: 1, max: 64 }), async (found, batch) => {
        const sizes: number[] = [];
        const shrunk = await shrinkInBatches(
          found,
          async (candidates) => {
            sizes.push(candidates.length);
            return candidates.map(storeAfterMmap);
          },
          { batch },
        );
        expect(shrunk.trace).toEqual(shrink(found, storeAfterMmap).trace);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(batch);
        expect(shrunk.runs).toBe(sizes.reduce((a, b) => a + b, 0));
      }),
      { numRuns: 20 },
    );
  });
});
