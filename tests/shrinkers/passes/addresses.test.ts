import { describe, expect, it } from 'vitest';
import { closeGaps, lowerMappings, lowerPages, swapMappings, swapPages } from '#shrinkers/passes/addresses';
import { proposals } from '../traces.js';

describe('closeGaps', () => {
  it('moves all from each page on down: to page 0, then by half as much, and by a page at last', () => {
    expect(proposals(closeGaps, 'mmap 0 -1 4 2 1; load 0 5; mremap 0 4 2 2 2 20')).toEqual([
      'mmap 0 -1 0 2 1; load 0 1; mremap 0 0 2 2 2 16',
      'mmap 0 -1 2 2 1; load 0 3; mremap 0 2 2 2 2 18',
      'mmap 0 -1 3 2 1; load 0 4; mremap 0 3 2 2 2 19',
      'mmap 0 -1 4 2 1; load 0; mremap 0 4 2 2 2 15',
      'mmap 0 -1 4 2 1; load 0 3; mremap 0 4 2 2 2 18',
      'mmap 0 -1 4 2 1; load 0 4; mremap 0 4 2 2 2 19',
      'mmap 0 -1 4 2 1; load 0 5; mremap 0 4 2 2 2',
      'mmap 0 -1 4 2 1; load 0 5; mremap 0 4 2 2 2 10',
      'mmap 0 -1 4 2 1; load 0 5; mremap 0 4 2 2 2 15',
      'mmap 0 -1 4 2 1; load 0 5; mremap 0 4 2 2 2 18',
      'mmap 0 -1 4 2 1; load 0 5; mremap 0 4 2 2 2 19',
    ]);
  });

  it('has nothing to move where all begins at page 0', () => {
    expect(proposals(closeGaps, 'load 0; maps 0')).toEqual([]);
  });
});

describe('lowerMappings', () => {
  it('moves each mapping to every lower place, with what lies in it only; one of no pages as one of a page', () => {
    expect(
      proposals(lowerMappings, 'mmap 0 -1 2 2 1; load 0 3; load 0 4; mmap 0 -1 1 0 1; load 0 1'),
    ).toEqual([
      'mmap 0 -1 0 2 1; load 0 1; load 0 4; mmap 0 -1 1 0 1; load 0 1',
      'mmap 0 -1 1 2 1; load 0 2; load 0 4; mmap 0 -1 1 0 1; load 0 1',
      'mmap 0 -1 2 2 1; load 0 3; load 0 4; mmap 0 -1 0 0 1; load 0',
    ]);
  });
});

describe('lowerPages', () => {
  it('moves each page alone to every lower one, in all that name it', () => {
    expect(proposals(lowerPages, 'mmap 0 -1 2 2 1; load 0 3; munmap 0 2 1')).toEqual([
      'mmap 0 -1 0 2 1; load 0 3; munmap 0 0 1',
      'mmap 0 -1 1 2 1; load 0 3; munmap 0 1 1',
      'mmap 0 -1 2 2 1; load 0; munmap 0 2 1',
      'mmap 0 -1 2 2 1; load 0 1; munmap 0 2 1',
      'mmap 0 -1 2 2 1; load 0 2; munmap 0 2 1',
    ]);
  });
});

describe('swapMappings', () => {
  it('exchanges a mapping with a lower one that is made later, and what lies in them; the longest at a page counts', () => {
    expect(
      proposals(
        swapMappings,
        'mmap 0 0 6 2 1; load 0 8; mmap 0 0 6 1 1; load 0 7; mmap 0 1 0 3 1; load 0 3; load 0 2; mremap 0 0 1 1 2 6',
      ),
    ).toEqual([
      'mmap 0 0 0 2 1; load 0 8; mmap 0 0 0 1 1; load 0 1; mmap 0 1 5 3 1; load 0 3; load 0 7; mremap 0 5 1 1 2',
      'mmap 0 0 0 2 1; load 0 8; mmap 0 0 0 1 1; load 0 1; mmap 0 1 5 3 1; load 0 3; load 0 7; mremap 0 5 1 1 2',
    ]);
  });

  it('leaves what lies in neither where it is', () => {
    expect(
      proposals(
        swapMappings,
        'mmap 0 0 8 2 1; mmap 0 1 2 3 1; load 0 9; load 0 4; load 0 1; load 0 5; load 0 7; load 0 10',
      ),
    ).toEqual([
      'mmap 0 0 2 2 1; mmap 0 1 7 3 1; load 0 3; load 0 9; load 0 1; load 0 5; load 0 7; load 0 10',
    ]);
  });

  it('leaves those that are in order, or begin at one page', () => {
    expect(proposals(swapMappings, 'mmap 0 0 1 1 1; mmap 0 0 1 2 1; load 0; mmap 0 0 3 1 1')).toEqual([]);
  });
});

describe('swapPages', () => {
  it('exchanges any two pages that are named', () => {
    expect(proposals(swapPages, 'load 0 4; mremap 0 1 1 1 2 4; load 0 9; maps 0')).toEqual([
      'load 0 1; mremap 0 4 1 1 2 1; load 0 9; maps 0',
      'load 0 4; mremap 0 9 1 1 2 4; load 0 1; maps 0',
      'load 0 9; mremap 0 1 1 1 2 9; load 0 4; maps 0',
    ]);
  });
});
