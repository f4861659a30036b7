// mincore, msync, and merging: what the range calls of no other file leave to be seen.

import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { run } from '../../support/script.js';

describe('mincore', () => {
  test('anonymous pages when they have come in, pages of files that are not ours always', () => {
    run(
      demand_fault,
      `
      mmap page=0 npages=2 prot=read+write flags=private
      mmap page=2 npages=2 prot=read+write
      open fd=0
      mmap fd=0 page=4 npages=2 prot=read
      store page=1 value=17
      load page=2
      mincore page=0 npages=6 -> ok 54
      mincore page=0 npages=7 -> ENOMEM
      mincore page=9 npages=0 -> ok
      `,
    );
  });

  test('shared memory is resident for all who map it', () => {
    run(
      advance,
      `
      mmap npages=2 prot=read
      fork child=1
      1: load page=1
      mincore npages=2 -> ok 2
      mremap npages=2 new_npages=3
      mincore npages=3 -> ok 2
      `,
    );
  });
});

describe('msync', () => {
  test('MS_ASYNC and MS_SYNC exclude each other', () => {
    run(advance, 'msync npages=1 flags=async+sync -> EINVAL\n msync npages=0 flags=async -> ok');
  });

  test('event files cannot be synced; nobody minds without MS_SYNC', () => {
    for (const design of [advance, demand_fault]) {
      run(
        design,
        `
        open fd=0
        mmap fd=0 npages=2 prot=read
        msync npages=2 flags=sync       -> EINVAL
        msync npages=1 flags=async      -> ok
        msync npages=2 flags=invalidate -> ok
        msync npages=2                  -> ok
        `,
      );
    }
  });

  test('locked memory cannot be invalidated', () => {
    run(
      advance,
      `
      mmap npages=1 prot=read flags=private+locked
      msync npages=1 flags=invalidate -> EBUSY
      msync npages=1 flags=sync       -> ok
      `,
    );
  });

  test('a hole is ENOMEM, unless something is refused first', () => {
    run(
      advance,
      `
      mmap page=1 npages=1 prot=read flags=private+locked
      msync page=0 npages=2 flags=invalidate       -> EBUSY
      msync page=0 npages=2 flags=async            -> ENOMEM
      msync page=0 npages=2 flags=sync             -> ENOMEM
      msync page=1 npages=2 flags=sync             -> ENOMEM
      msync page=4 npages=1                        -> ENOMEM
      `,
    );
  });
});

describe('vma_merge', () => {
  test('private memory of the same flags becomes one mapping, from either side', () => {
    const s = run(
      advance,
      `
      mmap page=0 npages=1 prot=read flags=private
      mmap page=2 npages=1 prot=read flags=private
      mmap page=1 npages=1 prot=read flags=private
      mmap page=3 npages=1 prot=write flags=private
      mmap page=31 npages=1 prot=read flags=private
      `,
    );
    expect(s.w.vma.end[0]).toBe(3);
    expect(s.w.vma.used[3]).toBe(1);
  });

  test('shared memory merges with the same object where its pages go on, and with no other', () => {
    const s = run(
      advance,
      `
      mmap page=0 npages=3 prot=read
      mmap page=3 npages=1 prot=read
      mprotect page=1 npages=1 prot=read+write
      mprotect page=1 npages=1 prot=read
      `,
    );
    expect(s.w.vma.end[0]).toBe(3);
    expect(s.w.shmem.vmas[0]).toBe(1);
    s.run('mremap page=0 npages=0 new_npages=1 mode=fixed new_page=4');
    s.run('mremap page=0 npages=0 new_npages=1 mode=fixed new_page=5');
    expect([s.w.vma.end[4], s.w.vma.end[5]]).toEqual([5, 6]);
  });

  test('nor with another object at its place', () => {
    const s = run(
      advance,
      `
      mmap page=0 npages=3 prot=read
      mmap page=10 npages=5 prot=read
      munmap page=10 npages=3
      mremap page=13 npages=2 new_npages=2 mode=fixed new_page=3
      `,
    );
    expect([s.w.vma.end[0], s.w.vma.end[3]]).toEqual([3, 5]);
  });

  test('the data and the AUX area of one event stay two mappings', () => {
    const s = run(
      advance,
      `
      open fd=0 flags=aux
      mmap fd=0 page=0 npages=3 prot=read+write
      store word=aux_offset value=3
      store word=aux_size value=2
      mmap fd=0 page=3 npages=2 prot=read+write pgoff=3
      `,
      { aux: true },
    );
    expect([s.w.vma.end[0], s.w.vma.end[3]]).toEqual([3, 5]);
  });

  test('perf mappings never merge', () => {
    const s = run(
      demand_fault,
      'open fd=0\n mmap fd=0 page=0 npages=1 prot=read\n mmap fd=0 page=1 npages=1 prot=read',
    );
    expect([s.w.vma.end[0], s.w.vma.end[1]]).toEqual([1, 2]);
  });

  test('nothing merges over the border of two processes', () => {
    const s = run(
      advance,
      'fork child=1\n mmap page=31 npages=1 prot=read flags=private\n 1: mmap page=0 npages=1 prot=read flags=private',
    );
    expect([s.w.vma.end[31], s.w.vma.end[32]]).toEqual([32, 33]);
    s.run('mprotect page=31 npages=1\n mprotect page=31 npages=1 prot=read');
    expect([s.w.vma.end[31], s.w.vma.end[32]]).toEqual([32, 33]);
  });
});
