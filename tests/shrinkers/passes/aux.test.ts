import { describe, expect, it } from 'vitest';
import { withoutAux } from '#shrinkers/passes/aux';
import { proposals } from '../traces.js';

describe('withoutAux', () => {
  it('gives buffers data pages instead, of several sizes, all or those of one page, read-only or as they are; then another event a buffer', () => {
    expect(
      proposals(
        withoutAux,
        'open 0 0 5 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 1 3; mmap 0 0 2 4 3; store 0 0 1 1; store 0 0 2 4; store 0 0 0 3; store 0 0 3 2; mmap 0 0 1 4 3 2 1; madvise 0 1 4 2',
      ),
    ).toEqual([
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 2 3; mmap 0 0 2 2 3; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 2 1; mmap 0 0 2 2 1; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 2 3; mmap 0 0 2 4 3; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 2 1; mmap 0 0 2 4 1; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 3 3; mmap 0 0 2 3 3; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 3 1; mmap 0 0 2 3 1; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 3 3; mmap 0 0 2 4 3; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 3 1; mmap 0 0 2 4 1; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 5 3; mmap 0 0 2 5 3; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 5 1; mmap 0 0 2 5 1; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 5 3; mmap 0 0 2 4 3; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 5 1; mmap 0 0 2 4 1; store 0 0 0 3; store 0 0 3 2; madvise 0 1 4 2',
      'open 0 0 1 -1; open 0 1 0 -1; mmap 0 -1 8 2 3 0 4; mmap 0 0 0 1 3; mmap 0 0 2 4 3; store 0 0 0 3; store 0 0 3 2; mmap 0 1 1 1 3 2; madvise 0 1 4 2',
    ]);
  });

  it('opens the other event after the first one, by the process that opened that, under a descriptor that nothing has', () => {
    expect(proposals(withoutAux, 'fork 0 1; open 1 1 4 0; open 0 0 0 -1; mmap 1 1 3 4 3 0 1').at(-1)).toBe(
      'fork 0 1; open 1 1; open 1 2 0 -1; open 0 0 0 -1; mmap 1 2 3 1 3',
    );
  });

  it('opens none where no descriptor is free, or no event there', () => {
    const dataOnly = (text: string): number => proposals(withoutAux, text).length;
    expect(dataOnly('open 0 2 0 -1; mmap 0 2 0 4 3 0 1')).toBe(13);
    expect(dataOnly('open 0 3 0 -1; mmap 0 3 0 4 3 0 1')).toBe(12);
    expect(dataOnly('mmap 0 0 0 4 3 0 1')).toBe(12);
  });

  it('proposes nothing where there is no AUX area', () => {
    expect(
      proposals(withoutAux, 'open 0 0 4 -1; mmap 0 0 0 1 3; mmap 0 -1 3 1 3 0 2; store 0 0 1 1'),
    ).toEqual([]);
  });
});
