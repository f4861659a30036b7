import { describe, expect, it } from 'vitest';
import { WORDS } from '#model/alphabet/operands';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { counterexampleOf } from '#properties/checkers/counterexample';
import { checkRandom } from '#properties/checkers/random';
import { RandomSequences } from '#properties/checkers/random-sequences';
import { Tally } from '#properties/checkers/tally';
import { failureAt, traceOf } from '../../shrinkers/traces.js';
import { fakeSubject } from './fakes.js';

const BUFFER = traceOf([
  ['open', 0, 0, 0, -1],
  ['mmap', 0, 0, 0, 1, 1],
]).ops;

describe('random sequences', () => {
  it('load every word of the pages of perf at the end of one in four, one word at the end of the others', () => {
    const loaded: number[] = [];
    const subject = fakeSubject((ops, at) => {
      if (ops[at] === OP.load) loaded.push(ops[at + 3]);
    });
    const sequences = new RandomSequences(subject, 2, new Tally(), () => ({
      unmapped: 0,
      begin: () => DEFAULT_ENV,
      next(ops, at) {
        ops.set(BUFFER.subarray(at, at + 8), at);
        return true;
      },
    }));
    const counts = Array.from({ length: 8 }, (_, low) => {
      loaded.length = 0;
      expect(sequences.run({ high: 0, low })).toBeUndefined();
      return loaded.length;
    });
    expect(counts).toEqual([WORDS, 1, 1, 1, WORDS, 1, 1, 1]);
  });

  it('are drawn for a design, too', async () => {
    const verdict = await checkRandom(advance, { seed: 1, runs: 5, length: 10, timeMs: 60_000 });
    expect(verdict).toMatchObject({ system: 'advance', outcome: 'passed', counts: { sequences: 5 } });
  });
});

describe('shrinking what a model fails with', () => {
  it('can be stopped by what happens meanwhile, such as a signal', async () => {
    const slow = fakeSubject((_, __, obs) => {
      const begun = performance.now();
      while (performance.now() - begun < 1);
      obs[0] = -99;
    });
    const trace = traceOf(Array.from({ length: 40 }, (_, page) => ['load', 0, page % 32, 3] as const));
    let stopped = false;
    setTimeout(() => {
      stopped = true;
    }, 30);
    const failure = failureAt(39, 'never seen again');
    const { shrinkRuns } = await counterexampleOf(slow, { trace, failure }, () => stopped);
    expect(stopped).toBe(true);
    expect(shrinkRuns).toBeGreaterThan(0);
  });
});
