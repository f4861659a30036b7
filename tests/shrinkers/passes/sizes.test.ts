import { describe, expect, it } from 'vitest';
import { lowerFilePlaces, shortenData, shortenMappings, shortenTogether } from '#shrinkers/passes/sizes';
import { proposals } from '../traces.js';

describe('shortenTogether', () => {
  it('gives all ranges of a length a smaller one that buffers and AUX areas have, with the place in the file behind them and without it', () => {
    expect(
      proposals(
        shortenTogether,
        'mmap 0 0 1 4 3; store 0 4 1 4; store 0 0 0 4; mmap 0 0 4 2 1 0 4; mremap 0 3 4 2 2 4; maps 0',
      ),
    ).toEqual([
      'mmap 0 0 1 1 3; store 0 4 1 1; store 0 0 0 4; mmap 0 0 4 2 1 0 1; mremap 0 3 1 2 2 4; maps 0',
      'mmap 0 0 1 1 3; store 0 4 1 4; store 0 0 0 4; mmap 0 0 4 2 1 0 4; mremap 0 3 1 2 2 4; maps 0',
      'mmap 0 0 1 2 3; store 0 4 1 2; store 0 0 0 4; mmap 0 0 4 2 1 0 2; mremap 0 3 2 2 2 4; maps 0',
      'mmap 0 0 1 2 3; store 0 4 1 4; store 0 0 0 4; mmap 0 0 4 2 1 0 4; mremap 0 3 2 2 2 4; maps 0',
      'mmap 0 0 1 3 3; store 0 4 1 3; store 0 0 0 4; mmap 0 0 4 2 1 0 3; mremap 0 3 3 2 2 4; maps 0',
      'mmap 0 0 1 3 3; store 0 4 1 4; store 0 0 0 4; mmap 0 0 4 2 1 0 4; mremap 0 3 3 2 2 4; maps 0',
      'mmap 0 0 1 4 3; store 0 4 1 4; store 0 0 0 4; mmap 0 0 4 1 1 0 4; mremap 0 3 4 1 2 4; maps 0',
      'mmap 0 0 1 4 3; store 0 4 1 4; store 0 0 0 4; mmap 0 0 4 1 1 0 4; mremap 0 3 4 1 2 4; maps 0',
    ]);
  });

  it('tries a page less as well, begins with the longest, and has none for one page', () => {
    expect(
      proposals(shortenTogether, 'munmap 0 0 3; munmap 0 0 7; munmap 0 0 10; munmap 0 0 1; munmap 0'),
    ).toEqual([
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 1; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 1; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 2; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 2; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 3; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 3; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 4; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 4; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 5; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 5; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 8; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 8; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 9; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 7; munmap 0 0 9; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 1; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 1; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 2; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 2; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 3; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 3; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 4; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 4; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 5; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 5; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 6; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 3; munmap 0 0 6; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 1; munmap 0 0 7; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 1; munmap 0 0 7; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 2; munmap 0 0 7; munmap 0 0 10; munmap 0 0 1; munmap 0',
      'munmap 0 0 2; munmap 0 0 7; munmap 0 0 10; munmap 0 0 1; munmap 0',
    ]);
  });
});

describe('shortenMappings', () => {
  it('shortens what names the mapping, cuts what names its end, and moves what named its lost pages to its last page or its first', () => {
    expect(
      proposals(
        shortenMappings,
        'mmap 0 -1 4 3 1; load 0 3; load 0 4; load 0 5; load 0 6; load 0 7; munmap 0 4 3; munmap 0 4 2; munmap 0 5 1; munmap 0 5 4; mlock 0 6 3; munlock 0 3 9; maps 0; mmap 0 -1 0 1 1',
      ),
    ).toEqual([
      'mmap 0 -1 4 1 1; load 0 3; load 0 4; load 0 4; load 0 4; load 0 7; munmap 0 4 1; munmap 0 4 2; munmap 0 4 1; munmap 0 4 4; mlock 0 4 3; munlock 0 3 9; maps 0; mmap 0 -1 0 1 1',
      'mmap 0 -1 4 1 1; load 0 3; load 0 4; load 0 4; load 0 4; load 0 7; munmap 0 4 1; munmap 0 4 2; munmap 0 4 1; munmap 0 4 4; mlock 0 4 3; munlock 0 3 9; maps 0; mmap 0 -1 0 1 1',
      'mmap 0 -1 4 2 1; load 0 3; load 0 4; load 0 5; load 0 5; load 0 7; munmap 0 4 2; munmap 0 4 2; munmap 0 5 1; munmap 0 5 1; mlock 0 5 3; munlock 0 3 9; maps 0; mmap 0 -1 0 1 1',
      'mmap 0 -1 4 2 1; load 0 3; load 0 4; load 0 5; load 0 4; load 0 7; munmap 0 4 2; munmap 0 4 2; munmap 0 5 1; munmap 0 5 1; mlock 0 4 3; munlock 0 3 9; maps 0; mmap 0 -1 0 1 1',
    ]);
  });
});

describe('shortenData', () => {
  it('shortens buffers of a length from their start on, with what is said of the AUX area behind them; nothing else of that length', () => {
    expect(
      proposals(
        shortenData,
        'mmap 0 0 0 3 3; mmap 0 0 9 3 3 0 1; store 0 0 1 3; store 0 0 1 2; store 0 0 2 3; mmap 0 0 3 4 1 0 3; mmap 0 -1 3 5 1; munmap 0 0 3; mmap 0 1 0 2 3; mprotect 0 1 1 3',
      ),
    ).toEqual([
      'mmap 0 0 0 1 3; mmap 0 0 9 3 3 0 1; store 0 0 1 1; store 0 0 1 2; store 0 0 2 3; mmap 0 0 3 4 1 0 1; mmap 0 -1 3 5 1; munmap 0 0 3; mmap 0 1 0 2 3; mprotect 0 1 1 3',
      'mmap 0 0 0 2 3; mmap 0 0 9 3 3 0 1; store 0 0 1 2; store 0 0 1 2; store 0 0 2 3; mmap 0 0 3 4 1 0 2; mmap 0 -1 3 5 1; munmap 0 0 3; mmap 0 1 0 2 3; mprotect 0 1 1 3',
      'mmap 0 0 0 3 3; mmap 0 0 9 3 3 0 1; store 0 0 1 3; store 0 0 1 1; store 0 0 2 3; mmap 0 0 3 4 1 0 3; mmap 0 -1 3 5 1; munmap 0 0 3; mmap 0 1 0 1 3; mprotect 0 1 1 3',
    ]);
  });
});

describe('lowerFilePlaces', () => {
  it('lowers a place in mappings and in what is stored of the AUX area', () => {
    expect(
      proposals(
        lowerFilePlaces,
        'store 0 0 1 2; mmap 0 0 8 2 1 0 2; store 0 0 0 2; mmap 0 0 8 2 1 0 1; load 0 2 2',
      ),
    ).toEqual([
      'store 0 0 1; mmap 0 0 8 2 1; store 0 0 0 2; mmap 0 0 8 2 1 0 1; load 0 2 2',
      'store 0 0 1 1; mmap 0 0 8 2 1 0 1; store 0 0 0 2; mmap 0 0 8 2 1 0 1; load 0 2 2',
      'store 0 0 1 2; mmap 0 0 8 2 1 0 2; store 0 0 0 2; mmap 0 0 8 2 1; load 0 2 2',
    ]);
  });

  it('does not go beyond the longest range', () => {
    expect(proposals(lowerFilePlaces, 'mmap 0 0 0 1 1 0 15')).toEqual([
      'mmap 0 0 0 1 1',
      'mmap 0 0 0 1 1 0 1',
      'mmap 0 0 0 1 1 0 2',
      'mmap 0 0 0 1 1 0 3',
      'mmap 0 0 0 1 1 0 4',
      'mmap 0 0 0 1 1 0 5',
      'mmap 0 0 0 1 1 0 6',
      'mmap 0 0 0 1 1 0 7',
      'mmap 0 0 0 1 1 0 8',
      'mmap 0 0 0 1 1 0 9',
      'mmap 0 0 0 1 1 0 10',
      'mmap 0 0 0 1 1 0 11',
    ]);
  });
});
