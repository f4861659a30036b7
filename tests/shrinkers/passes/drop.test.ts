import { describe, expect, it } from 'vitest';
import {
  dropChunks,
  dropKinds,
  dropPairs,
  dropProcesses,
  dropSingles,
  dropWithDependents,
} from '#shrinkers/passes/drop';
import { proposals } from '../traces.js';

describe('dropProcesses', () => {
  it('drops all that a process does and that is done to it, the last one first', () => {
    expect(proposals(dropProcesses, 'fork 0 1; load 1 3; mem_read 2 1 4 1; fork 1 2; maps 2')).toEqual([
      'fork 0 1; load 1 3',
      'maps 2',
      'load 1 3; mem_read 2 1 4 1; fork 1 2; maps 2',
    ]);
  });
});

describe('dropKinds', () => {
  it('drops all operations of each kind', () => {
    expect(proposals(dropKinds, 'load 0 1; maps 0; load 0 2; status 0')).toEqual([
      'maps 0; status 0',
      'load 0 1; load 0 2; status 0',
      'load 0 1; maps 0; load 0 2',
    ]);
  });
});

describe('dropChunks', () => {
  it('drops halves, quarters and so on down to pairs, from the end', () => {
    expect(
      proposals(
        dropChunks,
        'load 0 1; load 0 2; load 0 3; load 0 4; load 0 5; load 0 6; load 0 7; load 0 8; load 0 9',
      ),
    ).toEqual([
      'load 0 1; load 0 2; load 0 3; load 0 4; load 0 5',
      'load 0 1; load 0 6; load 0 7; load 0 8; load 0 9',
      'load 0 2; load 0 3; load 0 4; load 0 5; load 0 6; load 0 7; load 0 8; load 0 9',
      'load 0 1; load 0 2; load 0 3; load 0 4; load 0 5; load 0 6; load 0 7',
      'load 0 1; load 0 2; load 0 3; load 0 4; load 0 5; load 0 8; load 0 9',
      'load 0 1; load 0 2; load 0 3; load 0 6; load 0 7; load 0 8; load 0 9',
      'load 0 1; load 0 4; load 0 5; load 0 6; load 0 7; load 0 8; load 0 9',
      'load 0 2; load 0 3; load 0 4; load 0 5; load 0 6; load 0 7; load 0 8; load 0 9',
    ]);
    expect(proposals(dropChunks, 'load 0 1; load 0 2; load 0 3; load 0 4')).toEqual([
      'load 0 1; load 0 2',
      'load 0 3; load 0 4',
    ]);
  });

  it('has no half of two operations of three', () => {
    expect(proposals(dropChunks, 'load 0 1; load 0 2; load 0 3')).toEqual([]);
  });
});

describe('dropSingles', () => {
  it('drops each operation, the last one first', () => {
    expect(proposals(dropSingles, 'load 0 1; load 0 2; load 0 3')).toEqual([
      'load 0 1; load 0 2',
      'load 0 1; load 0 3',
      'load 0 2; load 0 3',
    ]);
  });
});

describe('dropPairs', () => {
  it('drops any two operations, the last ones first', () => {
    expect(proposals(dropPairs, 'load 0 1; load 0 2; load 0 3; load 0 4')).toEqual([
      'load 0 1; load 0 2',
      'load 0 1; load 0 3',
      'load 0 2; load 0 3',
      'load 0 1; load 0 4',
      'load 0 2; load 0 4',
      'load 0 3; load 0 4',
    ]);
  });

  it('is for at most 24 operations', () => {
    const loads = (count: number): string => Array.from({ length: count }, () => 'load 0 1').join('; ');
    expect(proposals(dropPairs, loads(24)).length).toBe((24 * 23) / 2);
    expect(proposals(dropPairs, loads(25))).toEqual([]);
  });
});

describe('dropWithDependents', () => {
  it('drops an event or its duplicate with what later names the descriptor, in that process', () => {
    expect(
      proposals(
        dropWithDependents,
        'close 0 1; open 0 1 0 -1; close 0 1; close 1 1; dup 0 1 2; set_output 0 0 1; set_output 0 2 -1; close 0',
      ),
    ).toEqual([
      'close 0 1; open 0 1 0 -1; close 0 1; close 1 1; set_output 0 0 1; close 0',
      'close 0 1; close 1 1; set_output 0 2 -1; close 0',
    ]);
  });

  it('drops a fork with what the child does and what is done to it, later', () => {
    expect(
      proposals(
        dropWithDependents,
        'vm_readv 0 1 2; fork 0 1; load 1 2; vm_readv 0 1 2; vm_readv 0 2 2; exit 0',
      ),
    ).toEqual(['vm_readv 0 1 2; vm_readv 0 2 2; exit 0']);
  });

  it('drops a mapping with what begins in it, later, in that process', () => {
    expect(
      proposals(
        dropWithDependents,
        'load 0 2; mmap 0 -1 2 2 1; load 0 1; load 0 2; load 0 3; load 0 4; load 1 2; mremap 0 5 1 1 2 3; maps 0',
      ),
    ).toEqual(['load 0 2; load 0 1; load 0 4; load 1 2; mremap 0 5 1 1 2 3; maps 0']);
  });
});
