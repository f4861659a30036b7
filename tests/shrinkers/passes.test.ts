import { describe, expect, it } from 'vitest';
import type { Trace } from '#model/alphabet/trace';
import { isSimpler } from '#shrinkers/order';
import { closeGaps, lowerMappings, lowerPages, swapMappings, swapPages } from '#shrinkers/passes/addresses';
import { dropPairs, dropProcesses, dropWithDependents } from '#shrinkers/passes/drop';
import { simplerKinds } from '#shrinkers/passes/kinds';
import { mergeFds, mergeProcesses, mergeUsers } from '#shrinkers/passes/merge';
import { normaliseNames } from '#shrinkers/passes/names';
import { lowerTokens } from '#shrinkers/passes/operands';
import { lowerFilePlaces, shortenMappings, shortenTogether } from '#shrinkers/passes/sizes';
import { expectCandidate, traceOf } from './traces.js';

describe('a pass', () => {
  it('drops a process with all that it does', () => {
    const trace = traceOf([
      ['fork', 0, 1],
      ['load', 1, 0, 0],
      ['mem_read', 0, 1, 0, 0],
      ['status', 0],
    ]);
    expectCandidate(dropProcesses, trace, traceOf([['status', 0]]));
  });

  it('drops what opens, duplicates, forks or maps with all that names it', () => {
    const used = traceOf([
      ['open', 0, 2, 0, -1],
      ['mmap', 0, 2, 4, 3, 3],
      ['load', 0, 5, 0],
      ['load', 0, 9, 0],
    ]);
    expectCandidate(
      dropWithDependents,
      used,
      traceOf([
        ['load', 0, 5, 0],
        ['load', 0, 9, 0],
      ]),
    );
    expectCandidate(
      dropWithDependents,
      used,
      traceOf([
        ['open', 0, 2, 0, -1],
        ['load', 0, 9, 0],
      ]),
    );
    const copied = traceOf([
      ['dup', 0, 0, 3],
      ['close', 0, 3],
      ['fork', 0, 2],
      ['exit', 2],
      ['status', 0],
    ]);
    expectCandidate(
      dropWithDependents,
      copied,
      traceOf([
        ['fork', 0, 2],
        ['exit', 2],
        ['status', 0],
      ]),
    );
    expectCandidate(
      dropWithDependents,
      copied,
      traceOf([
        ['dup', 0, 0, 3],
        ['close', 0, 3],
        ['status', 0],
      ]),
    );
  });

  it('drops two operations that only make sense together, of traces that are not too long', () => {
    const trace = traceOf([
      ['fork', 0, 1],
      ['status', 0],
      ['exit', 1],
    ]);
    expectCandidate(dropPairs, trace, traceOf([['status', 0]]));
    const long = traceOf(Array.from({ length: 25 }, () => ['status', 0] as const));
    expect([...dropPairs(long)]).toEqual([]);
  });

  it('lets one process, descriptor or user do for two', () => {
    expectCandidate(
      mergeProcesses,
      traceOf([
        ['fork', 0, 1],
        ['load', 1, 0, 0],
      ]),
      traceOf([['load', 0, 0, 0]]),
    );
    expectCandidate(
      mergeProcesses,
      traceOf([
        ['load', 2, 0, 0],
        ['load', 2, 1, 0],
      ]),
      traceOf([
        ['load', 2, 0, 0],
        ['load', 0, 1, 0],
      ]),
    );
    expectCandidate(mergeFds, traceOf([['set_output', 0, 3, 2]]), traceOf([['set_output', 0, 2, 2]]));
    expectCandidate(mergeUsers, traceOf([['setuid', 0, 1]]), traceOf([['setuid', 0, 0]]));
  });

  it('shortens all ranges of a size, with the place of the AUX area behind them', () => {
    const trace = traceOf([
      ['mmap', 0, 0, 0, 5, 3],
      ['store', 0, 0, 1, 5],
      ['mmap', 0, 0, 8, 2, 1, 0, 5],
      ['munmap', 0, 0, 5],
    ]);
    const shorter = traceOf([
      ['mmap', 0, 0, 0, 3, 3],
      ['store', 0, 0, 1, 3],
      ['mmap', 0, 0, 8, 2, 1, 0, 3],
      ['munmap', 0, 0, 3],
    ]);
    expectCandidate(shortenTogether, trace, shorter);
  });

  it('shortens one mapping, and names a page that it still has', () => {
    const trace = traceOf([
      ['mmap', 0, -1, 2, 5, 1],
      ['load', 0, 6, 0],
      ['munmap', 0, 2, 5],
      ['munmap', 0, 9, 5],
    ]);
    const shorter = traceOf([
      ['mmap', 0, -1, 2, 2, 1],
      ['load', 0, 3, 0],
      ['munmap', 0, 2, 2],
      ['munmap', 0, 9, 5],
    ]);
    expectCandidate(shortenMappings, trace, shorter);
  });

  it('lowers a place in the file wherever it stands', () => {
    const trace = traceOf([
      ['store', 0, 0, 1, 9],
      ['store', 0, 0, 0, 9],
      ['mmap', 0, 0, 8, 2, 1, 0, 9],
    ]);
    const lower = traceOf([
      ['store', 0, 0, 1, 4],
      ['store', 0, 0, 0, 9],
      ['mmap', 0, 0, 8, 2, 1, 0, 4],
    ]);
    expectCandidate(lowerFilePlaces, trace, lower);
  });

  it('moves everything, one mapping, or one page down', () => {
    const trace = traceOf([
      ['mmap', 0, -1, 4, 2, 1],
      ['load', 0, 5, 0],
      ['mremap', 0, 4, 2, 2, 2, 20],
    ]);
    expectCandidate(
      closeGaps,
      trace,
      traceOf([
        ['mmap', 0, -1, 0, 2, 1],
        ['load', 0, 1, 0],
        ['mremap', 0, 0, 2, 2, 2, 16],
      ]),
    );
    expectCandidate(
      lowerMappings,
      trace,
      traceOf([
        ['mmap', 0, -1, 1, 2, 1],
        ['load', 0, 2, 0],
        ['mremap', 0, 1, 2, 2, 2, 20],
      ]),
    );
    expectCandidate(
      lowerPages,
      trace,
      traceOf([
        ['mmap', 0, -1, 4, 2, 1],
        ['load', 0, 5, 0],
        ['mremap', 0, 4, 2, 2, 2, 6],
      ]),
    );
  });

  it('lets two mappings change places, so that the first lies lower', () => {
    expectCandidate(
      swapMappings,
      traceOf([
        ['mmap', 0, 0, 2, 2, 1],
        ['mmap', 0, 1, 0, 2, 1],
        ['load', 0, 3, 0],
        ['load', 0, 0, 0],
      ]),
      traceOf([
        ['mmap', 0, 0, 0, 2, 1],
        ['mmap', 0, 1, 2, 2, 1],
        ['load', 0, 1, 0],
        ['load', 0, 2, 0],
      ]),
    );
  });

  it('lets two pages change places', () => {
    const trace = traceOf([
      ['mmap', 0, 0, 1, 1, 1],
      ['mremap', 0, 1, 1, 1, 2, 0],
    ]);
    expectCandidate(
      swapPages,
      trace,
      traceOf([
        ['mmap', 0, 0, 0, 1, 1],
        ['mremap', 0, 0, 1, 1, 2, 1],
      ]),
    );
  });

  it('puts a simpler operation in place of one, done by the process to which it was done', () => {
    const kinds = (trace: Trace) => [...simplerKinds(trace)].filter((each) => isSimpler(each, trace));
    expect(kinds(traceOf([['vm_writev', 0, 1, 7, 40]]))).toEqual([
      traceOf([['load', 1, 7, 0]]),
      traceOf([['store', 1, 7, 0, 40]]),
      traceOf([['mem_write', 0, 1, 7, 40]]),
    ]);
    expect(kinds(traceOf([['set_output', 0, 3, 2]]))).toEqual([traceOf([['close', 0, 3]])]);
    expect(kinds(traceOf([['madvise', 0, 3, 2, 4]]))).toEqual([
      traceOf([['load', 0, 3, 0]]),
      traceOf([['munmap', 0, 3, 2]]),
      traceOf([['mprotect', 0, 3, 2, 1]]),
    ]);
  });

  it('lowers a token wherever it is written', () => {
    const trace = traceOf([
      ['store', 0, 0, 0, 60],
      ['xchg', 0, 0, 60],
      ['read_into', 0, 0, 20],
    ]);
    const lower = traceOf([
      ['store', 0, 0, 0, 16],
      ['xchg', 0, 0, 16],
      ['read_into', 0, 0, 20],
    ]);
    expectCandidate(lowerTokens, trace, lower);
  });

  it('names things in the order in which they appear', () => {
    const trace = traceOf([
      ['open', 0, 3, 0, -1],
      ['open', 0, 1, 0, 3],
    ]);
    expectCandidate(
      normaliseNames,
      trace,
      traceOf([
        ['open', 0, 0, 0, -1],
        ['open', 0, 1, 0, 0],
      ]),
    );
  });
});
