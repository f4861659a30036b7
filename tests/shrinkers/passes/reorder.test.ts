import { describe, expect, it } from 'vitest';
import { normaliseNames } from '#shrinkers/passes/names';
import { reorder } from '#shrinkers/passes/reorder';
import { proposals } from '../traces.js';

/** A trace, and the same under other names. */
const named = (text: string): string[] => [text, ...proposals(normaliseNames, text)];

describe('reorder', () => {
  it('moves each operation but the last to every other place, and names things anew', () => {
    expect(proposals(reorder, 'load 0 1; load 0 2; load 0 3; maps 0')).toEqual([
      ...named('load 0 2; load 0 1; load 0 3; maps 0'),
      ...named('load 0 2; load 0 3; load 0 1; maps 0'),
      ...named('load 0 2; load 0 1; load 0 3; maps 0'),
      ...named('load 0 1; load 0 3; load 0 2; maps 0'),
      ...named('load 0 3; load 0 1; load 0 2; maps 0'),
      ...named('load 0 1; load 0 3; load 0 2; maps 0'),
    ]);
  });

  it('leaves it to its process what it moves down', () => {
    expect(proposals(reorder, 'open 2 1 0 -1; load 0 3; maps 0')).toEqual([
      ...named('load 0 3; open 2 1 0 -1; maps 0'),
      ...named('load 0 3; open 2 1 0 -1; maps 0'),
    ]);
  });

  it('lets a process that was there before do what it moves up', () => {
    expect(proposals(reorder, 'fork 0 2; open 2 1 0 -1; maps 0')).toEqual([
      ...named('open 2 1 0 -1; fork 0 2; maps 0'),
      ...named('open 2 1 0 -1; fork 0 2; maps 0'),
      'open 0 1 0 -1; fork 0 2; maps 0',
      'open 1 1 0 -1; fork 0 2; maps 0',
    ]);
  });
});
