import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { picture } from '#model/picture';
import { run } from '../support/script.js';

describe('picture', () => {
  test('of an empty arena', () => {
    expect(picture(run(advance, '').w, 0)).toEqual([
      'page  0    5    1    5    2    5    3',
      'vma   ................................',
      'pgoff',
      'pte',
    ]);
  });

  test('shows each mapping by a letter, its offsets, and what the processor may do', () => {
    const s = run(
      advance,
      `
      open fd=0
      mmap fd=0 page=2 npages=3 prot=read+write
      mmap page=5 npages=2 prot=read+write flags=private
      mmap page=8 npages=1 prot=read+write
      store page=2 value=17
      open fd=1
      mmap fd=1 page=10 npages=1
      `,
    );
    expect(picture(s.w, 0)).toEqual([
      'page  0    5    1    5    2    5    3',
      'vma   ..AAAbb.c.D.....................  A=event 0 rw-s  D=event 1 ---s',
      'pgoff   012     0',
      'pte     Wrr     -',
    ]);
  });

  test('shows an executable entry, and none where no fault has been', () => {
    const s = run(
      { ...demand_fault, core: { ...demand_fault.core, anon_inodes_noexec: false } },
      `
      open fd=0
      mmap fd=0 npages=2 prot=read+exec
      fetch page=1
      `,
    );
    expect(picture(s.w, 0).slice(1)).toEqual([
      'vma   AA..............................  A=event 0 r-xs',
      'pgoff 01',
      'pte    x',
    ]);
  });

  test('is of one process, whatever those beside it have', () => {
    const s = run(
      advance,
      `
      open fd=0
      fork child=1
      fork child=2
      mmap fd=0 page=31 npages=1 prot=read
      1: mmap fd=0 page=0 npages=1 prot=read
      1: mmap fd=0 page=4 npages=1 prot=read+write
      2: mmap fd=0 page=0 npages=1 prot=read
      `,
    );
    expect(picture(s.w, 0)[1]).toBe('vma   ...............................A  A=event 0 r--s');
    expect(picture(s.w, 1)[1]).toBe('vma   A...B...........................  A=event 0 r--s  B=event 0 rw-s');
  });
});
