import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { v6_12 } from '#model/designs/v6.12';
import { v6_14 } from '#model/designs/v6.14';
import { run } from '../../support/script.js';

const PERF = 'open fd=0\n mmap fd=0 npages=3 prot=read+write';
/** Kernels up to v6.16 unmap the target before they look at the mapping; later ones look first. */
const BOTH: readonly Design[] = [v6_12, advance];

describe('mremap, the parameters', () => {
  for (const design of BOTH) {
    test(`${design.id}: EINVAL for no length, an overlap, a DONTUNMAP that resizes`, () => {
      run(
        design,
        `
        mmap npages=4 prot=read flags=private
        mremap npages=4 new_npages=0                                        -> EINVAL
        mremap npages=4 new_npages=4 mode=fixed new_page=3                  -> EINVAL
        mremap page=2 npages=2 new_npages=3 mode=fixed new_page=0           -> EINVAL
        mremap npages=4 new_npages=3 mode=dontunmap new_page=8              -> EINVAL
        mremap page=9 npages=1 new_npages=1                                 -> EFAULT
        mremap page=9 npages=1 new_npages=2                                 -> EFAULT
        mremap page=9 npages=1 new_npages=1 mode=fixed new_page=20          -> EFAULT
        maps -> ok: 0-3 anon r--p
        `,
      );
    });
  }

  test('old size 0 duplicates shared memory only', () => {
    for (const design of BOTH) {
      run(
        design,
        `
        mmap page=0 npages=2 prot=read+write
        mmap page=4 npages=2 prot=read+write flags=private
        store page=1 value=17
        mremap page=4 npages=0 new_npages=1 mode=fixed new_page=10 -> EINVAL
        mremap page=1 npages=0 new_npages=1 mode=fixed new_page=10 -> ok
        store page=10 value=18
        load page=1            -> ok 18
        mremap page=1 npages=0 new_npages=1 -> ENOMEM
        `,
      );
    }
  });
});

describe('mremap of a perf mapping', () => {
  for (const design of [advance, demand_fault, v6_12]) {
    test(`${design.id}: moves as a whole, with its contents, permissions and counts`, () => {
      const s = run(
        design,
        `
        ${PERF}
        store value=17
        mremap npages=3 new_npages=3 mode=fixed new_page=10
        load page=0              -> SEGV_MAPERR
        load page=10             -> ok 17
        store page=10 value=18   -> ok
        store page=11 value=18   -> SIGBUS
        `,
      );
      expect(s.w.event.mmap_count[0]).toBe(1);
      expect(s.w.rb.mmap_count[0]).toBe(1);
      expect(s.w.event.mapped[0]).toBe(1);
      expect(s.w.event.f_count[0]).toBe(2);
      s.run('munmap page=10 npages=3\n close fd=0');
      expect(s.w.event.used[0]).toBe(0);
    });

    test(`${design.id}: does not grow, and does not change in part`, () => {
      run(
        design,
        `
        ${PERF}
        mremap npages=3 new_npages=3                                  -> ok
        mremap npages=3 new_npages=4                                  -> EFAULT
        mremap npages=0 new_npages=3                                  -> EFAULT
        mremap npages=3 new_npages=2                                  -> EINVAL
        mremap page=1 npages=1 new_npages=1 mode=fixed new_page=10    -> EINVAL
        mremap page=0 npages=2 new_npages=2 mode=fixed new_page=10    -> EINVAL
        mremap npages=3 new_npages=3 mode=dontunmap new_page=10       -> EINVAL
        mremap npages=3 new_npages=2 mode=fixed new_page=10           -> EINVAL
        load page=0 -> ok
        load page=2 -> ok
        `,
      );
    });
  }

  test('a place that is refused has been cleared before v6.17, and is left alone since', () => {
    const script = `
      ${PERF}
      mmap page=10 npages=3 prot=read flags=private
      mremap npages=3 new_npages=3 mode=dontunmap new_page=10 -> EINVAL
    `;
    expect(run(v6_12, script).step('load page=10')).toBe('SEGV_MAPERR');
    expect(run(advance, script).step('load page=10')).toBe('ok');
  });

  test('a part moves where the design lets it be cut', () => {
    const s = run(
      v6_14,
      'open fd=0\n mmap fd=0 npages=5 prot=read\n mremap page=1 npages=2 new_npages=2 mode=fixed new_page=10',
    );
    expect(s.step('maps')).toBe(
      'ok: 0 perf r--s dc de dd io pf rss 0; 3-4 perf r--s dc de dd io pf pgoff 3 rss 0; ' +
        '10-11 perf r--s dc de dd io pf pgoff 1 rss 0',
    );
    expect(s.w.rb.mmap_count[0]).toBe(3);
  });

  test('what is in the way of a move is closed first', () => {
    const s = run(
      advance,
      `
      ${PERF}
      open fd=1
      mmap fd=1 page=10 npages=5 prot=read
      mremap npages=3 new_npages=3 mode=fixed new_page=11 -> EINVAL
      mremap npages=3 new_npages=3 mode=fixed new_page=16 -> ok
      mremap page=16 npages=3 new_npages=3 mode=fixed new_page=8 -> EINVAL
      munmap page=10 npages=5
      mmap fd=1 page=10 npages=2 prot=read
      mremap page=16 npages=3 new_npages=3 mode=fixed new_page=9 -> ok
      `,
    );
    expect(s.w.rb.used.filter((used) => used !== 0)).toHaveLength(1);
  });
});

describe('mremap of anonymous memory', () => {
  for (const design of BOTH) {
    test(`${design.id}: grows in place, where there is room`, () => {
      run(
        design,
        `
        mmap page=0 npages=2 prot=read+write flags=private
        mmap page=5 npages=1 prot=read flags=private
        store page=1 value=17
        mremap page=0 npages=2 new_npages=5   -> ok
        load page=1                           -> ok 17
        load page=4                           -> ok
        mremap page=0 npages=5 new_npages=6   -> ENOMEM
        mremap page=0 npages=2 new_npages=3   -> ENOMEM
        mremap page=0 npages=6 new_npages=7   -> EFAULT
        `,
      );
    });

    test(`${design.id}: merges with what it grows up to`, () => {
      const s = run(
        design,
        `
        mmap page=0 npages=2 prot=read flags=private
        mmap page=4 npages=2 prot=read flags=private
        mremap page=0 npages=2 new_npages=4
        `,
      );
      expect(s.w.vma.end[0]).toBe(6);
    });

    test(`${design.id}: shrinks, over holes and other mappings, too`, () => {
      run(
        design,
        `
        mmap page=0 npages=3 prot=read flags=private
        mmap page=4 npages=2 prot=read
        mremap page=0 npages=5 new_npages=1 mode=maymove -> ok
        maps -> ok: 0 anon r--p; 5 anon r--s
        `,
      );
    });

    test(`${design.id}: moves, shrinks and grows on the way`, () => {
      run(
        design,
        `
        mmap page=0 npages=3 prot=read+write flags=private
        store page=0 value=17
        store page=1 value=18
        mremap page=0 npages=3 new_npages=2 mode=fixed new_page=10
        maps                  -> ok: 10-11 anon rw-p
        load page=11          -> ok 18
        mremap page=10 npages=2 new_npages=4 mode=fixed new_page=20
        maps                  -> ok: 20-23 anon rw-p
        load page=20          -> ok 17
        load page=23          -> ok
        `,
      );
    });

    test(`${design.id}: a part moves out of the middle`, () => {
      run(
        design,
        `
        mmap page=0 npages=4 prot=read+write flags=private
        store page=1 value=17
        mremap page=1 npages=2 new_npages=2 mode=fixed new_page=10
        maps         -> ok: 0 anon rw-p; 3 anon rw-p; 10-11 anon rw-p
        load page=10 -> ok 17
        `,
      );
    });

    test(`${design.id}: DONTUNMAP leaves empty memory behind`, () => {
      run(
        design,
        `
        mmap page=0 npages=2 prot=read+write flags=private
        mmap page=4 npages=1 prot=read+write
        store page=0 value=17
        store page=4 value=18
        mremap page=0 npages=2 new_npages=2 mode=dontunmap new_page=10
        mremap page=4 npages=1 new_npages=1 mode=dontunmap new_page=14
        load page=0   -> ok
        load page=10  -> ok 17
        load page=4   -> ok 18
        load page=14  -> ok 18
        `,
      );
    });

    test(`${design.id}: the lock goes along, and counts once`, () => {
      run(
        design,
        `
        mmap page=0 npages=3 prot=read+write flags=private+locked
        mremap page=0 npages=3 new_npages=3 mode=fixed new_page=10
        status -> ok: pin 0, lck 3
        mremap page=10 npages=3 new_npages=5
        status -> ok: pin 0, lck 5
        mincore page=10 npages=5 -> ok 31
        mremap page=10 npages=5 new_npages=7 -> EAGAIN
        mremap page=10 npages=5 new_npages=6 mode=fixed new_page=20
        status -> ok: pin 0, lck 6
        mincore page=20 npages=6 -> ok 63
        mremap page=21 npages=2 new_npages=2 mode=dontunmap new_page=10
        maps   -> ok: 10-11 anon rw-p lo; 20 anon rw-p lo; 21-22 anon rw-p; 23-25 anon rw-p lo
        status -> ok: pin 0, lck 6
        `,
      );
    });
  }

  test('a range of several mappings moves since v6.17', () => {
    const script = `
      mmap page=0 npages=2 prot=read+write flags=private
      mmap page=3 npages=1 prot=read+write
      open fd=0
      mmap fd=0 page=4 npages=1 prot=read+write
      store page=1 value=17
      store page=3 value=18
      store page=4 value=19
    `;
    const move = 'mremap page=1 npages=4 new_npages=4 mode=fixed new_page=11';
    run(v6_12, `${script}\n ${move} -> EFAULT`);
    run(
      advance,
      `
      ${script}
      ${move}
      load page=0  -> ok
      load page=11 -> ok 17
      load page=12 -> SEGV_MAPERR
      load page=13 -> ok 18
      load page=14 -> ok 19
      mremap page=2 npages=10 new_npages=10 mode=fixed new_page=20 -> EFAULT
      mremap page=14 npages=3 new_npages=3 mode=dontunmap new_page=20 -> EINVAL
      `,
    );
  });

  test('making room can take the mapping itself away', () => {
    // An old size of 0 overlaps nothing.
    const onto_itself = 'mremap page=0 npages=0 new_npages=1 mode=fixed new_page=0';
    for (const design of BOTH) {
      run(design, `mmap npages=2 prot=read\n ${onto_itself} -> EFAULT\n maps -> ok: 1 anon r--s`);
    }
    const private_memory = 'mmap npages=2 prot=read flags=private';
    run(v6_12, `${private_memory}\n ${onto_itself} -> EFAULT\n maps -> ok: 1 anon r--p`);
    run(advance, `${private_memory}\n ${onto_itself} -> EINVAL\n maps -> ok: 0-1 anon r--p`);
  });

  test('moves next to its like and merges', () => {
    const s = run(
      advance,
      `
      mmap page=0 npages=2 prot=read flags=private
      mmap page=10 npages=2 prot=read flags=private
      mremap page=0 npages=2 new_npages=2 mode=fixed new_page=8
      `,
    );
    expect(s.w.vma.end[8]).toBe(12);
  });
});
