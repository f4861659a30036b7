import { describe, expect, it } from 'vitest';
import { mergeFds, mergeProcesses, mergeUsers } from '#shrinkers/passes/merge';
import { proposals } from '../traces.js';

describe('mergeProcesses', () => {
  it('lets each lower one do what one does: without its fork or with it, without the ends of both, with its pages behind all others; then from each operation', () => {
    expect(
      proposals(
        mergeProcesses,
        'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; fork 2 1; exit 1; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      ),
    ).toEqual([
      'mmap 0 -1 3 2 1; mmap 0 -1 1 7 1; load 0 4; fork 0 1; exit 1; vm_readv 0 0 3; exit 0; load 0 2; exit 0',
      'mmap 0 -1 3 2 1; mmap 0 -1 1 7 1; load 0 4; fork 0 1; exit 1; vm_readv 0 0 3; load 0 2',
      'mmap 0 -1 3 2 1; mmap 0 -1 6 7 1; load 0 9; fork 0 1; exit 1; vm_readv 0 0 8; exit 0; load 0 2; exit 0',
      'mmap 0 -1 3 2 1; mmap 0 -1 6 7 1; load 0 9; fork 0 1; exit 1; vm_readv 0 0 8; load 0 2',
      'fork 0; mmap 0 -1 3 2 1; mmap 0 -1 1 7 1; load 0 4; fork 0 1; exit 1; vm_readv 0 0 3; exit 0; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 0 -1 1 7 1; load 2 4; fork 2 1; exit 1; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 0 4; fork 2 1; exit 1; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; fork 0 1; exit 1; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; fork 2 1; exit 1; vm_readv 0 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; fork 2 1; exit 1; vm_readv 2 0 3; exit 0; load 0 2; exit 0',
      'mmap 0 -1 3 2 1; mmap 1 -1 1 7 1; load 1 4; fork 1 1; exit 1; vm_readv 1 0 3; exit 1; load 0 2; exit 0',
      'mmap 0 -1 3 2 1; mmap 1 -1 1 7 1; load 1 4; fork 1 1; vm_readv 1 0 3; load 0 2; exit 0',
      'mmap 0 -1 3 2 1; mmap 1 -1 6 7 1; load 1 9; fork 1 1; exit 1; vm_readv 1 0 8; exit 1; load 0 2; exit 0',
      'mmap 0 -1 3 2 1; mmap 1 -1 6 7 1; load 1 9; fork 1 1; vm_readv 1 0 8; load 0 2; exit 0',
      'fork 0 1; mmap 0 -1 3 2 1; mmap 1 -1 1 7 1; load 1 4; fork 1 1; exit 1; vm_readv 1 0 3; exit 1; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 1 -1 1 7 1; load 2 4; fork 2 1; exit 1; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 1 4; fork 2 1; exit 1; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; fork 1 1; exit 1; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; fork 2 1; exit 1; vm_readv 1 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; fork 2 1; exit 1; vm_readv 2 0 3; exit 1; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; exit 0; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; vm_readv 2 0 3; exit 2; load 0 2',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; exit 0; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; vm_readv 2 0 3; exit 2; load 0 2',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; fork 2; exit 0; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
      'fork 0 2; mmap 0 -1 3 2 1; mmap 2 -1 1 7 1; load 2 4; fork 2 1; exit 0; vm_readv 2 0 3; exit 2; load 0 2; exit 0',
    ]);
  });

  it('has no pages to put behind where nobody else maps any', () => {
    const alone = proposals(mergeProcesses, 'fork 0 1; mmap 1 -1 1 2 1; load 1 2');
    expect(alone.filter((text) => !text.includes('fork') && text.startsWith('mmap 0'))).toEqual(
      Array.from({ length: 4 }, () => 'mmap 0 -1 1 2 1; load 0 2'),
    );
  });
});

describe('mergeFds', () => {
  it('lets each lower descriptor do for one, the highest first', () => {
    expect(proposals(mergeFds, 'open 0 0 0 -1; dup 0 0 3; set_output 0 2 1')).toEqual([
      'open 0 0 0 -1; dup 0; set_output 0 2 1',
      'open 0 0 0 -1; dup 0 0 1; set_output 0 2 1',
      'open 0 0 0 -1; dup 0 0 2; set_output 0 2 1',
      'open 0 0 0 -1; dup 0 0 3; set_output 0 0 1',
      'open 0 0 0 -1; dup 0 0 3; set_output 0 1 1',
      'open 0 0 0 -1; dup 0 0 3; set_output 0 2',
    ]);
  });
});

describe('mergeUsers', () => {
  it('lets the first user do for the second', () => {
    expect(proposals(mergeUsers, 'setuid 0 1; setuid 0; cap 0 1')).toEqual(['setuid 0; setuid 0; cap 0 1']);
  });
});
