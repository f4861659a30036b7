import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { withoutAux } from '#shrinkers/passes/aux';
import { limitsFromTheStart, redirectAtOpen } from '#shrinkers/passes/fold';
import { mergeProcesses } from '#shrinkers/passes/merge';
import { reorder } from '#shrinkers/passes/reorder';
import { shortenData } from '#shrinkers/passes/sizes';
import {
  clearFlagsTogether,
  exchangeOperands,
  lowerTogether,
  shortenWithLimits,
} from '#shrinkers/passes/together';
import { cheapenAndChange, dropAndChange } from '#shrinkers/passes/trade';
import { expectCandidate, traceOf } from './traces.js';

describe('a pass that changes what belongs together', () => {
  it('lets one process do for two, with its pages apart, and without the end of either', () => {
    expectCandidate(
      mergeProcesses,
      traceOf([
        ['open', 0, 0, 0, -1],
        ['fork', 0, 1],
        ['mmap', 0, 0, 0, 2, 1],
        ['mmap', 1, 0, 0, 1, 1],
        ['exit', 1],
        ['status', 0],
      ]),
      traceOf([
        ['open', 0, 0, 0, -1],
        ['mmap', 0, 0, 0, 2, 1],
        ['mmap', 0, 0, 2, 1, 1],
        ['status', 0],
      ]),
    );
  });

  it('opens redirected what is redirected later, and starts with limits that are set later', () => {
    expectCandidate(
      redirectAtOpen,
      traceOf([
        ['open', 0, 1, 2, -1],
        ['open', 0, 0, 0, -1],
        ['set_output', 0, 1, 0],
      ]),
      traceOf([
        ['open', 0, 0, 0, -1],
        ['open', 0, 1, 2, 0],
      ]),
    );
    expectCandidate(
      limitsFromTheStart,
      traceOf([
        ['gift', 0, 3],
        ['status', 0],
      ]),
      traceOf([['status', 0]], { ...DEFAULT_ENV, gift: 3 }),
    );
  });

  it('puts data pages or another event in place of an AUX area', () => {
    const aux = traceOf([
      ['open', 0, 0, 4, -1],
      ['mmap', 0, 0, 0, 1, 3],
      ['store', 0, 0, 1, 1],
      ['store', 0, 0, 2, 1],
      ['mmap', 0, 0, 1, 1, 1, 0, 1],
      ['mprotect', 0, 0, 2, 3],
    ]);
    expectCandidate(
      withoutAux,
      aux,
      traceOf([
        ['open', 0, 0, 0, -1],
        ['mmap', 0, 0, 0, 2, 1],
        ['mprotect', 0, 0, 2, 3],
      ]),
    );
    expectCandidate(
      withoutAux,
      aux,
      traceOf([
        ['open', 0, 0, 0, -1],
        ['open', 0, 1, 0, -1],
        ['mmap', 0, 0, 0, 1, 3],
        ['mmap', 0, 1, 1, 1, 1],
        ['mprotect', 0, 0, 2, 3],
      ]),
    );
    expect([...withoutAux(traceOf([['status', 0]]))]).toEqual([]);
  });

  it('shortens the data of a buffer, and what is behind it moves up', () => {
    expectCandidate(
      shortenData,
      traceOf([
        ['mmap', 0, 0, 0, 3, 3],
        ['store', 0, 0, 1, 3],
        ['store', 0, 0, 2, 3],
        ['mmap', 0, 0, 3, 4, 1, 0, 3],
      ]),
      traceOf([
        ['mmap', 0, 0, 0, 2, 3],
        ['store', 0, 0, 1, 2],
        ['store', 0, 0, 2, 3],
        ['mmap', 0, 0, 3, 4, 1, 0, 2],
      ]),
    );
  });

  it('takes a flag from all events, and lowers two numbers together', () => {
    expectCandidate(
      clearFlagsTogether,
      traceOf([
        ['open', 0, 0, 2, -1],
        ['open', 0, 1, 3, 0],
      ]),
      traceOf([
        ['open', 0, 0, 0, -1],
        ['open', 0, 1, 1, 0],
      ]),
    );
    expectCandidate(
      lowerTogether,
      traceOf([
        ['inject', 0, 0, 4],
        ['mmap', 0, 0, 0, 5, 1],
      ]),
      traceOf([
        ['inject', 0, 0, 2],
        ['mmap', 0, 0, 0, 3, 1],
      ]),
    );
  });

  it('shortens with lower limits, and lets operands and operations change places', () => {
    expectCandidate(
      shortenWithLimits,
      traceOf([['mmap', 0, 0, 0, 3, 1]]),
      traceOf([['mmap', 0, 0, 0, 1, 1]], { ...DEFAULT_ENV, gift: 0 }),
    );
    expectCandidate(
      exchangeOperands,
      traceOf([
        ['open', 0, 0, 2, -1],
        ['open', 0, 1, 0, -1],
      ]),
      traceOf([
        ['open', 0, 0, 0, -1],
        ['open', 0, 1, 2, -1],
      ]),
    );
    expectCandidate(
      reorder,
      traceOf([
        ['fork', 0, 1],
        ['open', 1, 0, 0, -1],
        ['close', 1, 0],
      ]),
      traceOf([
        ['open', 0, 0, 0, -1],
        ['fork', 0, 1],
        ['close', 1, 0],
      ]),
    );
  });

  it('changes two things at once: a flag does what an operation did, an operand makes up for another', () => {
    expectCandidate(
      dropAndChange,
      traceOf([
        ['mmap', 0, 0, 0, 2, 1],
        ['mprotect', 0, 0, 2, 3],
      ]),
      traceOf([['mmap', 0, 0, 0, 2, 3]]),
    );
    expectCandidate(
      cheapenAndChange,
      traceOf([['mmap', 0, 0, 0, 4, 1]]),
      traceOf([['mmap', 0, 0, 0, 1, 1, 0, 1]]),
    );
    expectCandidate(
      cheapenAndChange,
      traceOf([['mmap', 0, 0, 0, 1, 1]], { ...DEFAULT_ENV, gift: 3 }),
      traceOf([['mmap', 0, 0, 0, 1, 1, 0, 1]]),
    );
  });
});
