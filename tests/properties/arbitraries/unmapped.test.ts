import { describe, expect, it } from 'vitest';
import { namesUnmapped } from '#properties/arbitraries/unmapped';
import { pack } from '../../support/script.js';
import { draftAfter } from './drafts.js';

/** Process 0 has pages 4 to 6, process 1 has page 20, process 2 is not there. */
const FAMILY = `
  fork child=1
  1: mmap fd=-1 page=20 npages=1 prot=read
  mmap fd=-1 page=4 npages=3 prot=read`;

const names = (text: string): boolean => namesUnmapped(pack(text), 0, draftAfter(FAMILY).known);

describe('namesUnmapped', () => {
  it.each([
    'load page=3',
    'load page=7',
    'load page=20',
    'load page=31',
    '1: load page=4',
    'mprotect page=2 npages=2 prot=read',
    'mprotect page=7 npages=12 prot=read',
    'mprotect page=30 npages=2 prot=read',
    // An empty range names the page at which it begins.
    'munmap page=3 npages=0',
    'mem_read target=1 page=4',
    'mem_write target=1 page=4 value=16',
    'vm_readv target=1 page=4',
    'ptrace_poke target=1 page=0 value=16',
    // /proc/PID/mem can be one's own.
    'mem_read target=0 page=3',
    'mem_write target=0 page=3 value=16',
    'mremap page=8 npages=2 new_npages=4 mode=none',
    'mremap page=28 npages=2 new_npages=4 mode=none',
    'mremap page=8 npages=2 new_npages=2 mode=maymove new_page=31',
    'mremap page=8 npages=2 new_npages=3 mode=fixed new_page=29',
    'mremap page=8 npages=2 new_npages=3 mode=dontunmap new_page=0',
  ])('is so of %s, which nothing is mapped for', (text) => {
    expect(names(text)).toBe(true);
  });

  it.each([
    'load page=4',
    'load page=6',
    '1: load page=20',
    'mprotect page=2 npages=3 prot=read',
    'mprotect page=6 npages=12 prot=read',
    'munmap page=4 npages=0',
    'mem_read target=1 page=20',
    'mem_read target=0 page=4',
    'vm_readv target=1 page=20',
    'mremap page=6 npages=2 new_npages=4 mode=none',
  ])('is not so of %s, which names something', (text) => {
    expect(names(text)).toBe(false);
  });

  it.each(['mmap fd=-1 page=0 npages=2 prot=read', 'maps', 'fork child=2', 'set_output fd=0 target=0'])(
    'is not so of %s, which needs no page',
    (text) => {
      expect(names(text)).toBe(false);
    },
  );

  it.each([
    '2: load page=3',
    'mem_read target=2 page=3',
    // Another process is meant.
    'vm_readv target=0 page=3',
    'vm_writev target=0 page=3 value=16',
    'ptrace_peek target=0 page=3',
    'ptrace_poke target=0 page=3 value=16',
    // Out of the arena.
    'mprotect page=30 npages=3 prot=read',
    'mremap page=28 npages=2 new_npages=5 mode=none',
    'mremap page=8 npages=2 new_npages=3 mode=fixed new_page=30',
    'mremap page=8 npages=2 new_npages=3 mode=dontunmap new_page=30',
    // Where it would go is the kernel's choice, which nobody can foretell.
    'mremap page=8 npages=2 new_npages=3 mode=maymove',
  ])('is not so of %s, which is skipped', (text) => {
    expect(names(text)).toBe(false);
  });

  it('reads the operation at its place among others', () => {
    const ops = new Int32Array(16);
    ops.set(pack('load page=4'), 0);
    ops.set(pack('mremap page=8 npages=2 new_npages=3 mode=maymove'), 8);
    const { known } = draftAfter(FAMILY);
    expect(namesUnmapped(ops, 8, known)).toBe(false);
    ops.set(pack('mem_read target=1 page=4'), 8);
    expect(namesUnmapped(ops, 8, known)).toBe(true);
    ops.set(pack('1: mprotect page=18 npages=2 prot=read'), 8);
    expect(namesUnmapped(ops, 8, known)).toBe(true);
  });
});
