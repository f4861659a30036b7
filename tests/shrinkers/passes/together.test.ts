import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import {
  clearFlagsTogether,
  exchangeOperands,
  lowerTogether,
  shortenWithLimits,
} from '#shrinkers/passes/together';
import { proposals, read, told } from '../traces.js';

describe('clearFlagsTogether', () => {
  it('takes each flag from all operands of a domain', () => {
    expect(
      proposals(clearFlagsTogether, 'open 0 0 15 -1; open 0 1 2 1; mlock 0 3 2 1; mlock 0 1 1 1; load 0 3 3'),
    ).toEqual([
      'open 0 0 14 -1; open 0 1 2 1; mlock 0 3 2 1; mlock 0 1 1 1; load 0 3 3',
      'open 0 0 13 -1; open 0 1 0 1; mlock 0 3 2 1; mlock 0 1 1 1; load 0 3 3',
      'open 0 0 11 -1; open 0 1 2 1; mlock 0 3 2 1; mlock 0 1 1 1; load 0 3 3',
      'open 0 0 7 -1; open 0 1 2 1; mlock 0 3 2 1; mlock 0 1 1 1; load 0 3 3',
      'open 0 0 15 -1; open 0 1 2 1; mlock 0 3 2; mlock 0 1 1; load 0 3 3',
    ]);
    expect(proposals(clearFlagsTogether, 'mprotect 0 7 7 7; mmap 0 3 3 3 7 0 3')).toEqual([
      'mprotect 0 7 7 6; mmap 0 3 3 3 6 0 3',
      'mprotect 0 7 7 5; mmap 0 3 3 3 5 0 3',
      'mprotect 0 7 7 3; mmap 0 3 3 3 3 0 3',
      'mprotect 0 7 7 7; mmap 0 3 3 3 7 0 3',
      'mprotect 0 7 7 7; mmap 0 3 3 3 7 0 3',
      'mprotect 0 7 7 7; mmap 0 3 3 3 7 0 3',
      'mprotect 0 7 7 7; mmap 0 3 3 3 7 0 3',
    ]);
  });
});

describe('lowerTogether', () => {
  it('lowers any two numbers that are not at their least, but for the process, by 4, 2 and 1', () => {
    expect(proposals(lowerTogether, 'inject 1 1 4; maps 1; open 2 3 15 -1; munmap 0 0 2')).toEqual([
      'inject 1 1; maps 1; open 2 -1 15 -1; munmap 0 0 2',
      'inject 1 1 2; maps 1; open 2 1 15 -1; munmap 0 0 2',
      'inject 1 1 3; maps 1; open 2 2 15 -1; munmap 0 0 2',
      'inject 1 1; maps 1; open 2 3 15 -1; munmap 0 0 -2',
      'inject 1 1 2; maps 1; open 2 3 15 -1; munmap 0',
      'inject 1 1 3; maps 1; open 2 3 15 -1; munmap 0 0 1',
      'inject 1 1 4; maps 1; open 2 -1 15 -1; munmap 0 0 -2',
      'inject 1 1 4; maps 1; open 2 1 15 -1; munmap 0',
      'inject 1 1 4; maps 1; open 2 2 15 -1; munmap 0 0 1',
    ]);
    expect(proposals(lowerTogether, 'record 0 1; mmap 0 -1 1 0 1 0 1; inject 0 1')).toEqual([
      'record 0 1; mmap 0 -1 -3 0 1 0 -3; inject 0 1',
      'record 0 1; mmap 0 -1 -1 0 1 0 -1; inject 0 1',
      'record 0 1; mmap 0 -1 0 0 1; inject 0 1',
    ]);
  });
});

describe('shortenWithLimits', () => {
  it('tries every small limit with each trace that is shorter', () => {
    const trace = read('mmap 0 0 0 2 1 0 2', { ...DEFAULT_ENV, gift: 3, rlimit: 9 });
    const limits = [
      ...[0, 1, 2, 4, 5, 6, 7, 8].map((gift) => ({ ...trace.env, gift })),
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((rlimit) => ({ ...trace.env, rlimit })),
    ];
    expect([...shortenWithLimits(trace)].map(({ env, ops }) => [told({ env, ops }), env])).toEqual(
      ['', 'mmap 0 0 0 1 1 0 1', 'mmap 0 0 0 1 1 0 2'].flatMap((text) => limits.map((env) => [text, env])),
    );
  });
});

describe('exchangeOperands', () => {
  it('exchanges every operand of two operations of a kind', () => {
    expect(proposals(exchangeOperands, 'maps 1; open 0 0 2 -1; load 1 3; open 2 1 0 1')).toEqual([
      'maps 1; open 2 0 2 -1; load 1 3; open 0 1 0 1',
      'maps 1; open 0 1 2 -1; load 1 3; open 2 0 0 1',
      'maps 1; open 0 0 0 -1; load 1 3; open 2 1 2 1',
      'maps 1; open 0 0 2 1; load 1 3; open 2 1 0 -1',
    ]);
    expect(proposals(exchangeOperands, 'dup 0 1 2; dup 1 3 0')).toEqual([
      'dup 1 1 2; dup 0 3',
      'dup 0 3 2; dup 1 1',
      'dup 0 1; dup 1 3 2',
    ]);
  });

  it('exchanges permissions and flags of two kinds only', () => {
    expect(proposals(exchangeOperands, 'mprotect 0 3 2 3; mmap 0 -1 1 4 1 8')).toEqual([
      'mprotect 0 3 2 1; mmap 0 -1 1 4 3 8',
    ]);
  });
});
