import { describe, expect, it } from 'vitest';
import { normaliseNames } from '#shrinkers/passes/names';
import { proposals } from '../traces.js';

describe('normaliseNames', () => {
  it('puts the names of descriptors, processes and users in order of their first use, then exchanges any two', () => {
    expect(proposals(normaliseNames, 'open 0 3 0 -1; fork 0 2; dup 2 3 1; setuid 2 1')).toEqual([
      'open 0 0 0 -1; fork 0 2; dup 2 0 1; setuid 2 1',
      'open 0 0 0 -1; fork 0 2; dup 2 0 1; setuid 2 1',
      'open 0 1 0 -1; fork 0 2; dup 2 1 3; setuid 2 1',
      'open 0 2 0 -1; fork 0 2; dup 2 2 1; setuid 2 1',
      'open 0 3 0 -1; fork 0 2; dup 2 3 1; setuid 2 1',
      'open 0 3 0 -1; fork 0 2; dup 2 3 2; setuid 2 1',
      'open 0 3 0 -1; fork 0 2; dup 2 3; setuid 2 1',
      'open 0 3 0 -1; fork 0 1; dup 1 3 1; setuid 1 1',
      'open 2 3 0 -1; fork 2; dup 0 3 1; setuid 0 1',
      'open 0 3 0 -1; fork 0 1; dup 1 3 1; setuid 1 1',
      'open 1 3 0 -1; fork 1 2; dup 2 3 1; setuid 2 1',
      'open 0 3 0 -1; fork 0 2; dup 2 3 1; setuid 2',
      'open 0 3 0 -1; fork 0 2; dup 2 3 1; setuid 2',
    ]);
  });
});
