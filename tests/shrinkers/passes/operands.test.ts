import { describe, expect, it } from 'vitest';
import { lowerTokens, simplerOperands } from '#shrinkers/passes/operands';
import { proposals } from '../traces.js';

describe('simplerOperands', () => {
  it('tries all simpler values of a small domain, the simplest first', () => {
    expect(proposals(simplerOperands, 'mmap 2 1 3 2 3 6 2; maps 1')).toEqual([
      'mmap 2 -1 3 2 3 6 2; maps 1',
      'mmap 2 0 3 2 3 6 2; maps 1',
      'mmap 2 1 0 2 3 6 2; maps 1',
      'mmap 2 1 1 2 3 6 2; maps 1',
      'mmap 2 1 2 2 3 6 2; maps 1',
      'mmap 2 1 3 1 3 6 2; maps 1',
      'mmap 2 1 3 2 1 6 2; maps 1',
      'mmap 2 1 3 2 3 0 2; maps 1',
      'mmap 2 1 3 2 3 1 2; maps 1',
      'mmap 2 1 3 2 3 2 2; maps 1',
      'mmap 2 1 3 2 3 4 2; maps 1',
      'mmap 2 1 3 2 3 8 2; maps 1',
      'mmap 2 1 3 2 3 3 2; maps 1',
      'mmap 2 1 3 2 3 5 2; maps 1',
      'mmap 2 1 3 2 3 6; maps 1',
      'mmap 2 1 3 2 3 6 1; maps 1',
    ]);
  });

  it('takes an empty range for the least simple one', () => {
    expect(proposals(simplerOperands, 'mprotect 0')).toEqual([
      'mprotect 0 0 1',
      'mprotect 0 0 2',
      'mprotect 0 0 3',
      'mprotect 0 0 4',
      'mprotect 0 0 5',
      'mprotect 0 0 6',
      'mprotect 0 0 7',
      'mprotect 0 0 8',
      'mprotect 0 0 9',
      'mprotect 0 0 10',
      'mprotect 0 0 11',
      'mprotect 0 0 12',
      'mprotect 0 0 0 1',
      'mprotect 0 0 0 3',
    ]);
  });

  it('tries some values on the way down in a large domain', () => {
    expect(proposals(simplerOperands, 'store 0 0 0 39; rlimit 0 6; record 0 4; xchg 0 0 18')).toEqual([
      'store 0; rlimit 0 6; record 0 4; xchg 0 0 18',
      'store 0 0 0 20; rlimit 0 6; record 0 4; xchg 0 0 18',
      'store 0 0 0 30; rlimit 0 6; record 0 4; xchg 0 0 18',
      'store 0 0 0 35; rlimit 0 6; record 0 4; xchg 0 0 18',
      'store 0 0 0 37; rlimit 0 6; record 0 4; xchg 0 0 18',
      'store 0 0 0 38; rlimit 0 6; record 0 4; xchg 0 0 18',
      'store 0 0 0 39; rlimit 0; record 0 4; xchg 0 0 18',
      'store 0 0 0 39; rlimit 0 3; record 0 4; xchg 0 0 18',
      'store 0 0 0 39; rlimit 0 5; record 0 4; xchg 0 0 18',
      'store 0 0 0 39; rlimit 0 6; record 0 1; xchg 0 0 18',
      'store 0 0 0 39; rlimit 0 6; record 0 3; xchg 0 0 18',
      'store 0 0 0 39; rlimit 0 6; record 0 4; xchg 0 0 16',
      'store 0 0 0 39; rlimit 0 6; record 0 4; xchg 0 0 17',
    ]);
  });
});

describe('lowerTokens', () => {
  it('writes each lower token wherever one is written', () => {
    expect(
      proposals(lowerTokens, 'store 0 0 0 19; xchg 0 0 17; read_into 0 0 19; load 0 20 3; store 0 0 1 5'),
    ).toEqual([
      'store 0 0 0 16; xchg 0 0 17; read_into 0 0 16; load 0 20 3; store 0 0 1 5',
      'store 0 0 0 17; xchg 0 0 17; read_into 0 0 17; load 0 20 3; store 0 0 1 5',
      'store 0 0 0 18; xchg 0 0 17; read_into 0 0 18; load 0 20 3; store 0 0 1 5',
      'store 0 0 0 19; xchg 0 0 16; read_into 0 0 19; load 0 20 3; store 0 0 1 5',
    ]);
  });
});
