// Where mremap may move to, and what it leaves alone.

import { expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import { v6_12 } from '#model/designs/v6.12';
import { run } from '../../support/script.js';

/** Kernels up to v6.16 unmap the target before they look at the mapping; later ones look first. */
const BOTH: readonly [string, Design][] = [
  ['v6.12', v6_12],
  ['advance', advance],
];

test.each(BOTH)('%s: places that touch do not overlap; a part keeps its size in place', (_id, design) => {
  run(
    design,
    `
    mmap page=4 npages=2 prot=read+write flags=private
    store page=5 value=17
    mremap page=4 npages=1 new_npages=1                       -> ok
    mremap page=4 npages=2 new_npages=2 mode=fixed new_page=6 -> ok
    mremap page=6 npages=2 new_npages=2 mode=fixed new_page=4 -> ok
    load page=5                                               -> ok 17
    maps                                                      -> ok: 4-5 anon rw-p
    `,
  );
});

test.each(BOTH)('%s: where no room can be made nothing is cut off', (_id, design) => {
  run(
    design,
    `
    mmap page=0 npages=3 prot=read flags=private
    open fd=0
    mmap fd=0 page=10 npages=3 prot=read
    mremap page=0 npages=3 new_npages=1 mode=fixed new_page=11 -> EINVAL
    load page=2                                                -> ok
    `,
  );
});

test.each(BOTH)('%s: what is looked at depends on whether the size changes', (_id, design) => {
  run(
    design,
    `
    mmap page=4 npages=2 prot=read flags=private
    mremap page=4 npages=3 new_npages=3 -> ok
    mremap page=4 npages=3 new_npages=4 -> EFAULT
    maps                                -> ok: 4-5 anon r--p
    `,
  );
});

test.each(BOTH)('%s: what memory grows by is zero, not locked and not resident', (_id, design) => {
  run(
    design,
    `
    mmap page=4 npages=8 prot=read+write flags=private
    store page=6 value=17
    store page=11 value=17
    munmap page=6 npages=6
    mremap page=4 npages=2 new_npages=3
    mincore page=4 npages=3 -> ok
    load page=6             -> ok
    mremap page=4 npages=3 new_npages=4 mode=fixed new_page=8
    mincore page=8 npages=4 -> ok 4
    load page=11            -> ok
    mremap page=8 npages=4 new_npages=4 mode=dontunmap new_page=16
    status                  -> ok: pin 0, lck 0
    `,
  );
});

test.each(BOTH)('%s: locked memory that grows brings in nothing below it', (_id, design) => {
  run(
    design,
    `
    mmap page=2 npages=2 prot=read flags=private
    mmap page=4 npages=2 prot=read+write flags=private+locked
    mremap page=4 npages=2 new_npages=3
    mincore page=2 npages=2 -> ok
    mmap page=18 npages=2 prot=read flags=private
    mremap page=4 npages=3 new_npages=4 mode=fixed new_page=20
    mincore page=18 npages=2 -> ok
    `,
  );
});

test.each(BOTH)('%s: both ends of a part have to be cut, the lower first', (_id, design) => {
  const asked: number[] = [];
  const asks = (lower: number): Design => ({
    ...design,
    vm_ops: {
      ...design.vm_ops,
      may_split(_w, _v, address) {
        asked.push(address);
        return address === 5 ? lower : 0;
      },
    },
  });
  const script = 'open fd=0\n mmap fd=0 page=4 npages=5 prot=read\n mremap page=5 npages=2 new_npages=2';
  run(asks(0), `${script} mode=fixed new_page=16`);
  expect(asked.slice(0, 2)).toEqual([5, 7]);
  run(asks(-22), `${script} mode=fixed new_page=16 -> EINVAL\n load page=16 -> SEGV_MAPERR`);
  const tail = 'mremap page=5 npages=4 new_npages=4 mode=fixed new_page=16';
  run(
    asks(-22),
    `open fd=0\n mmap fd=0 page=4 npages=5 prot=read\n ${tail} -> EINVAL\n load page=16 -> SEGV_MAPERR`,
  );
});

test('a place that was left has no entries', () => {
  const { w } = run(
    advance,
    `
    open fd=0
    mmap fd=0 page=4 npages=3 prot=read+write
    mremap page=4 npages=3 new_npages=3 mode=fixed new_page=10
    `,
  );
  expect([...w.pte.pfn.slice(4, 7), ...w.pte.flags.slice(4, 7)]).toEqual([0, 0, 0, 0, 0, 0]);
  expect([...w.pte.pfn.slice(10, 13)]).toEqual([1, 2, 3]);
});

test('only mappings of events are opened and closed', () => {
  const heard: string[] = [];
  const listens: Design = {
    ...advance,
    vm_ops: {
      ...advance.vm_ops,
      open(w, v) {
        heard.push(`open ${v}`);
        advance.vm_ops.open(w, v);
      },
      close(w, v) {
        heard.push(`close ${v}`);
        advance.vm_ops.close(w, v);
      },
    },
  };
  run(
    listens,
    `
    open fd=0
    mmap page=2 npages=2 prot=read flags=private
    mprotect page=3 npages=1 prot=write
    mremap page=2 npages=1 new_npages=1 mode=fixed new_page=20
    munmap page=20 npages=1
    mmap fd=0 page=6 npages=2 prot=read
    mremap page=6 npages=2 new_npages=2 mode=fixed new_page=10
    exit
    `,
  );
  expect(heard).toEqual(['open 10', 'close 6', 'close 10']);
});

test('exit takes what is mapped at the first page, too', () => {
  const s = run(advance, 'open fd=0\n mmap fd=0 page=0 npages=1 prot=read\n exit');
  expect(s.w.event.used[0]).toBe(0);
});
