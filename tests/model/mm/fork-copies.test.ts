// What fork and exit leave alone: other processes, other events, other pages.

import { expect, test } from 'vitest';
import { FDS } from '#model/alphabet/bounds';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import { VM_DONTCOPY } from '#model/mm/flags';
import { run } from '../../support/script.js';

/** Forgets VM_DONTCOPY, and counts how often a mapping is opened. */
function inherited(): { design: Design; opened: number[] } {
  const opened: number[] = [];
  return {
    opened,
    design: {
      ...advance,
      mmap(w, v) {
        const err = advance.mmap(w, v);
        w.vma.vm_flags[v] &= ~VM_DONTCOPY;
        return err;
      },
      vm_ops: {
        ...advance.vm_ops,
        open(w, v) {
          opened.push(v);
          advance.vm_ops.open(w, v);
        },
      },
    },
  };
}

test('the child opens the mappings of events, and has the entries of those that it gets', () => {
  const { design, opened } = inherited();
  const { w } = run(
    design,
    `
    open fd=0
    mmap fd=0 page=0 npages=2 prot=read
    mmap fd=0 page=2 npages=2 prot=read
    madvise page=2 npages=2 advice=DONTFORK
    mmap page=8 npages=1 prot=read flags=private
    fork child=1
    `,
  );
  expect(opened).toEqual([32]);
  expect(w.rb.mmap_count[0]).toBe(3);
  expect([...w.pte.pfn.slice(32, 35)]).toEqual([w.pte.pfn[0], w.pte.pfn[1], 0]);
});

test('an event that does not watch the parent does not watch the child', () => {
  const s = run(advance, 'fork child=1\n open fd=0 flags=inherit+cpu\n 1: fork child=2');
  expect(s.w.event.watches[0]).toBe(1);
});

test('a grandchild has the memory of its parent', () => {
  run(
    advance,
    `
    fork child=1
    1: mmap page=3 npages=2 prot=read+write flags=private
    1: store page=4 value=17
    1: fork child=2
    2: load page=4 -> ok 17
    2: maps        -> ok: 3-4 anon rw-p
    `,
  );
});

test('memory of a third process is neither copied nor copied over', () => {
  run(
    advance,
    `
    mmap page=20 npages=2 prot=read+write flags=private
    fork child=2
    2: mmap page=3 npages=1 prot=read+write flags=private
    2: store page=3 value=17
    fork child=1
    2: load page=3 -> ok 17
    exit
    1: mmap page=31 npages=1 prot=read flags=private
    1: fork child=0
    1: maps        -> ok: 20-21 anon rw-p; 31 anon r--p
    maps           -> ok: 20-21 anon rw-p; 31 anon r--p
    `,
  );
});

test('VM_WIPEONFORK memory is zero, whatever an earlier life of the child has left there', () => {
  run(
    advance,
    `
    fork child=1
    1: mmap page=2 npages=2 prot=read+write flags=private
    1: store page=2 value=18
    1: store page=3 value=18
    1: exit
    mmap page=2 npages=2 prot=read+write flags=private
    madvise page=2 npages=2 advice=WIPEONFORK
    fork child=1
    1: mincore page=2 npages=2 -> ok
    1: load page=2             -> ok
    1: load page=3             -> ok
    `,
  );
});

test('exit closes the descriptors of its process, and no others', () => {
  const s = run(
    advance,
    `
    open fd=0
    open fd=1
    open fd=2
    open fd=3
    fork child=1
    1: fork child=2
    1: close fd=1
    1: exit
    `,
  );
  const { event } = s.w.files;
  expect([...event.slice(0, FDS)]).toEqual([1, 2, 3, 4]);
  expect([...event.slice(FDS, 2 * FDS)]).toEqual([0, 0, 0, 0]);
  expect([...event.slice(2 * FDS, 3 * FDS)]).toEqual([1, 2, 3, 4]);
  expect([...s.w.event.f_count.slice(0, 4)]).toEqual([2, 2, 2, 2]);
});

test('a refund does not go to the next life of the process slot that was charged', () => {
  run(
    advance,
    `
    gift pages=0
    open fd=0
    fork child=1
    1: mmap fd=0 npages=3 prot=read
    mmap fd=0 npages=3 prot=read
    1: exit
    fork child=1
    munmap npages=3
    1: status -> ok: pin 0, lck 0
    `,
  );
});
