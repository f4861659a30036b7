// A trace that is long: for what a page must still do at once.
import { OP_WIDTH } from '#model/alphabet/bounds';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { operationsFromJson } from '#model/trace/operation-json';
import type { Counterexample, Verdict } from '#model/verdict';
import { replayOnDesign } from '#properties/checkers/replay';
import type { SourcedResult } from '#reports/html/page-data';
import { checkToResult } from '#reports/results/write';
import { ABOUT, BROKEN, CATALOGUE, exampleOf, named, shownOf } from './result-examples.js';

/** A counterexample of so many steps: maps and unmaps a buffer all the time, and is said to fail at the end. */
export function longResult(steps: number): SourcedResult {
  const cycle = [
    { op: 'mmap', proc: 0, fd: 0, page: 4, npages: 5, prot: ['read', 'write'], flags: [], pgoff: 0 },
    { op: 'store', proc: 0, page: 4, word: 'scratch', value: 17 },
    { op: 'load', proc: 0, page: 4, word: 'scratch' },
    { op: 'maps', proc: 0 },
    { op: 'munmap', proc: 0, page: 4, npages: 5 },
  ] as const;
  const list = Array.from({ length: steps }, (_, i) =>
    i === 0
      ? ({ op: 'open', proc: 0, fd: 0, flags: [], output: -1 } as const)
      : cycle[(i - 1) % cycle.length],
  );
  const trace = {
    env: { ...DEFAULT_ENV, gift: 100 },
    ops: operationsFromJson(list.flatMap((each) => (each === undefined ? [] : [each]))),
  };
  const { observed = [], ...verdict } = replayOnDesign(advance, trace);
  const example: Counterexample = {
    ...exampleOf(BROKEN),
    system: 'advance',
    trace,
    observations: observed,
    failure: { ...exampleOf(BROKEN).failure, step: trace.ops.length / OP_WIDTH - 1, proc: 0, page: 4 },
    token: 'ma1:long',
  };
  const failed: Verdict = { ...verdict, outcome: 'failed', counterexample: example };
  return named(
    'long',
    checkToResult(ABOUT, 7, CATALOGUE, 'failed', [failed], [], [{ ...shownOf(example), beside: [] }]),
  );
}
