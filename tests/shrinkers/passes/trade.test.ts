import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { cheapenAndChange, dropAndChange } from '#shrinkers/passes/trade';
import { proposals, read, told } from '../traces.js';

describe('dropAndChange', () => {
  it('drops each operation, the last one first, and changes an operand of those that are left', () => {
    expect(proposals(dropAndChange, 'munmap 0 3 2; futex 0 5 1')).toEqual([
      'munmap 0 0 2',
      'munmap 0 0 2',
      'munmap 0 4 2',
      'munmap 0 3 1',
      'munmap 0 3 3',
      'munmap 0 3 1',
      'futex 0 0 1',
      'futex 0 0 1',
      'futex 0 6 1',
      'futex 0 5',
    ]);
    expect(proposals(dropAndChange, 'open 0 1 2 -1; record 0 7')).toEqual([
      'open 0 2 2 -1',
      'open 0 0 2 -1',
      'open 0 1 3 -1',
      'open 0 1 0 -1',
      'open 0 1 6 -1',
      'open 0 1 10 -1',
      'open 0 1 2',
      'open 0 1 2 -2',
      'record 0 8',
      'record 0 6',
    ]);
    expect(proposals(dropAndChange, 'maps 0')).toEqual([]);
  });

  it('tries the page behind all mappings, which is the last of the arena at most', () => {
    const moved = (mapping: string): string[] =>
      proposals(dropAndChange, `${mapping}; fetch 0 2; maps 0`).filter((text) =>
        text.startsWith(`${mapping}; f`),
      );
    expect(moved('mmap 0 -1 4 3 1')).toEqual(
      ['fetch 0', 'fetch 0 7', 'fetch 0 3'].map((fetch) => `mmap 0 -1 4 3 1; ${fetch}`),
    );
    expect(moved('mmap 0 -1 30 4 1')).toEqual(
      ['fetch 0', 'fetch 0 31', 'fetch 0 3'].map((fetch) => `mmap 0 -1 30 4 1; ${fetch}`),
    );
  });
});

describe('cheapenAndChange', () => {
  it('changes an operand in the default environment', () => {
    const trace = read('munlock 0 1 1', { ...DEFAULT_ENV, gift: 3 });
    expect([...cheapenAndChange(trace)].map(({ env, ops }) => [told({ env, ops }), env])).toEqual([
      ['munlock 0 0 1', DEFAULT_ENV],
      ['munlock 0 0 1', DEFAULT_ENV],
      ['munlock 0 2 1', DEFAULT_ENV],
      ['munlock 0 1 2', DEFAULT_ENV],
      ['munlock 0 1 2', DEFAULT_ENV],
      ['munlock 0 1', DEFAULT_ENV],
      ['munlock 0 0 2', trace.env],
      ['munlock 0 0 2', trace.env],
      ['munlock 0', trace.env],
    ]);
  });

  it('makes an operand simpler and changes another range, or a flag, of that operation for it', () => {
    expect(proposals(cheapenAndChange, 'maps 0; munmap 0 2 3')).toEqual([
      'maps 0; munmap 0 0 3',
      'maps 0; munmap 0 0 3',
      'maps 0; munmap 0 3 3',
      'maps 0; munmap 0 2 1',
      'maps 0; munmap 0 2 2',
      'maps 0; munmap 0 2 4',
      'maps 0; munmap 0 2 2',
      'maps 0; munmap 0 0 1',
      'maps 0; munmap 0 0 2',
      'maps 0; munmap 0 0 4',
      'maps 0; munmap 0 0 2',
      'maps 0; munmap 0 1 1',
      'maps 0; munmap 0 1 2',
      'maps 0; munmap 0 1 4',
      'maps 0; munmap 0 1 2',
      'maps 0; munmap 0 0 1',
      'maps 0; munmap 0 0 1',
      'maps 0; munmap 0 3 1',
      'maps 0; munmap 0 0 2',
      'maps 0; munmap 0 0 2',
      'maps 0; munmap 0 3 2',
    ]);
    expect(proposals(cheapenAndChange, 'futex 0 1 1; mlock 0 0 1 1')).toEqual([
      'futex 0 1 1; mlock 0 1 1 1',
      'futex 0 1 1; mlock 0 0 2 1',
      'futex 0 1 1; mlock 0 0 2 1',
      'futex 0 1 1; mlock 0 0 0 1',
      'futex 0 1 1; mlock 0 0 1',
      'futex 0 0 1; mlock 0 0 1 1',
      'futex 0 0 1; mlock 0 0 1 1',
      'futex 0 2 1; mlock 0 0 1 1',
      'futex 0 1; mlock 0 0 1 1',
      'futex 0; mlock 0 0 1 1',
      'futex 0; mlock 0 0 1 1',
      'futex 0 2; mlock 0 0 1 1',
      'futex 0 1 1; mlock 0 1 1',
      'futex 0 1 1; mlock 0 0 2',
      'futex 0 1 1; mlock 0 0 2',
      'futex 0 1 1; mlock 0',
    ]);
    expect(proposals(cheapenAndChange, 'mmap 0 -1 0 2 1')).toEqual([
      'mmap 0 0 0 2 1',
      'mmap 0 -2 0 2 1',
      'mmap 0 -1 2 2 1',
      'mmap 0 -1 1 2 1',
      'mmap 0 -1 0 1 1',
      'mmap 0 -1 0 3 1',
      'mmap 0 -1 0 1 1',
      'mmap 0 -1 0 2',
      'mmap 0 -1 0 2 3',
      'mmap 0 -1 0 2 5',
      'mmap 0 -1 0 2 1 1',
      'mmap 0 -1 0 2 1 2',
      'mmap 0 -1 0 2 1 4',
      'mmap 0 -1 0 2 1 8',
      'mmap 0 -1 0 2 1 0 1',
      'mmap 0 -1 0 2 1 0 -1',
      'mmap 0 -1 1 1 1',
      'mmap 0 -1 0 1',
      'mmap 0 -1 0 1 3',
      'mmap 0 -1 0 1 5',
      'mmap 0 -1 0 1 1 1',
      'mmap 0 -1 0 1 1 2',
      'mmap 0 -1 0 1 1 4',
      'mmap 0 -1 0 1 1 8',
      'mmap 0 -1 0 1 1 0 1',
      'mmap 0 -1 0 1 1 0 -1',
    ]);
    expect(proposals(cheapenAndChange, 'inject 0 1 2')).toEqual([
      'inject 0 0 2',
      'inject 0 1 3',
      'inject 0 1 1',
    ]);
  });
});
