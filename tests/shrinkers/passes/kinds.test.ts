import { describe, expect, it } from 'vitest';
import { simplerKinds } from '#shrinkers/passes/kinds';
import { proposals } from '../traces.js';

describe('simplerKinds', () => {
  // Operands of one name stay; a new one gets its simplest value; what was done to a process it does itself.
  it.each([
    ['store 2 9 0 40', ['load 2 9']],
    ['xchg 2 9 40', ['load 2 9', 'store 2 9 0 40']],
    ['cas_fail 2 9', ['load 2 9', 'store 2 9']],
    ['fetch 2 9', ['load 2 9']],
    ['read_into 2 9 40', ['load 2 9', 'store 2 9 0 40']],
    ['write_from 2 9 3', ['load 2 9 3']],
    ['mem_read 2 1 9 3', ['load 1 9 3']],
    ['mem_write 2 1 9 40', ['load 1 9', 'store 1 9 0 40']],
    ['vm_readv 2 1 9 3', ['load 1 9 3', 'mem_read 2 1 9 3']],
    ['vm_writev 2 1 9 40', ['load 1 9', 'store 1 9 0 40', 'mem_write 2 1 9 40']],
    ['ptrace_peek 2 1 9 3', ['load 1 9 3', 'mem_read 2 1 9 3']],
    ['ptrace_poke 2 1 9 40', ['load 1 9', 'store 1 9 0 40', 'mem_write 2 1 9 40']],
    ['futex 2 9 1', ['load 2 9', 'store 2 9']],
    ['vmsplice 2 9', ['load 2 9']],
    ['direct_write 2 9', ['load 2 9']],
    ['direct_read 2 9 40', ['load 2 9', 'store 2 9 0 40', 'read_into 2 9 40']],
    ['mlock 2 9 4 1', ['load 2 9']],
    ['madvise 2 9 4 17', ['load 2 9', 'munmap 2 9 4', 'mprotect 2 9 4 1']],
    ['mincore 2 9 4', ['load 2 9']],
    ['msync 2 9 4 3', ['load 2 9']],
    ['mremap 2 9 4 5 2 20', ['munmap 2 9 4', 'mprotect 2 9 4 1']],
    ['mprotect 2 9 4 7', ['munmap 2 9 4']],
    ['mlockall 2 1', ['mlock 2 0 1 1']],
    ['munlockall 2', ['munlock 2 0 1']],
    ['exec 2', ['exit 2', 'munmap 2 0 1', 'record 2 1']],
    ['dup 2 1 3', ['open 2 1 0 -1']],
    ['set_output 2 1 3', ['close 2 1']],
    ['gift 2 20', ['rlimit 2 20']],
    ['setuid 2 1', ['cap 2']],
  ])('puts simpler operations that touch the same in place of %s', (text, simpler) => {
    expect(proposals(simplerKinds, text)).toEqual(simpler);
  });

  it('leaves what is as simple as can be, and goes through all operations', () => {
    expect(proposals(simplerKinds, 'maps 0; fetch 0 1; load 0 2; mincore 0 3 1')).toEqual([
      'maps 0; load 0 1; load 0 2; mincore 0 3 1',
      'maps 0; fetch 0 1; load 0 2; load 0 3',
    ]);
    expect(
      proposals(
        simplerKinds,
        'open 0 1 2 -1; mmap 0 1 3 2 1; munmap 0 3 2; close 0 1; fork 0 1; exit 1; munlock 0 1 1; rlimit 0 3; inject 0 1 2; cap 0 1; record 0 4; headroom 0',
      ),
    ).toEqual([]);
  });
});
