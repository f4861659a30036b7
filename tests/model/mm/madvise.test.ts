import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_12 } from '#model/designs/v6.12';
import { run, Session } from '../../support/script.js';

const PERF = 'open fd=0\n mmap fd=0 npages=3 prot=read+write';
const OK_ON_BOTH = 'NORMAL RANDOM SEQUENTIAL WILLNEED DONTFORK MERGEABLE UNMERGEABLE HUGEPAGE NOHUGEPAGE';
const REFUSED_ON_BOTH = 'FREE DODUMP WIPEONFORK COLLAPSE HWPOISON SOFT_OFFLINE GUARD_INSTALL GUARD_REMOVE';

describe('madvise of a whole perf mapping', () => {
  for (const design of [advance, demand_fault]) {
    test(`${design.id}: what is fine, before and after the change`, () => {
      for (const advice of `${OK_ON_BOTH} DONTDUMP KEEPONFORK`.split(' ')) {
        run(design, `${PERF}\n madvise npages=3 advice=${advice} -> ok`);
      }
    });

    test(`${design.id}: what is not`, () => {
      for (const advice of `${REFUSED_ON_BOTH} unknown`.split(' ')) {
        run(design, `${PERF}\n madvise npages=3 advice=${advice} -> EINVAL`);
      }
      run(design, `${PERF}\n madvise npages=3 advice=REMOVE -> ENODEV`);
    });
  }

  test('advices that the change took away', () => {
    for (const advice of 'DONTNEED DONTNEED_LOCKED DOFORK COLD PAGEOUT POPULATE_READ'.split(' ')) {
      run(demand_fault, `${PERF}\n madvise npages=3 advice=${advice} -> ok`);
      run(advance, `${PERF}\n madvise npages=3 advice=${advice} -> EINVAL`);
    }
  });

  test('DONTNEED drops the entries, and the contents stay', () => {
    const s = run(
      demand_fault,
      `
      ${PERF}
      store value=17
      load page=1
      madvise npages=3 advice=DONTNEED
      maps  -> ok: 0-2 perf rw-s dc de dd rss 0
      load  -> ok 17
      store page=1 value=18 -> SIGBUS
      `,
    );
    expect(s.w.page.refcount.slice(0, 3)).toEqual(Int32Array.of(2, 1, 1));
  });

  test('POPULATE_WRITE fails at the first data page, after the control page came in', () => {
    run(
      demand_fault,
      `
      ${PERF}
      madvise npages=3 advice=POPULATE_WRITE -> EFAULT
      maps -> ok: 0-2 perf rw-s dc de dd rss 1
      mprotect npages=3 prot=read
      madvise npages=3 advice=POPULATE_WRITE -> EINVAL
      madvise npages=4 advice=POPULATE_READ  -> ENOMEM
      maps -> ok: 0-2 perf r--s dc de dd rss 3
      `,
    );
  });

  test('DOFORK lets the child have the mapping, where it is faulted in', () => {
    run(
      demand_fault,
      `
      ${PERF}
      load page=1
      madvise npages=3 advice=DOFORK
      maps          -> ok: 0-2 perf rw-s de dd rss 1
      fork child=1
      1: load       -> ok
      1: maps       -> ok: 0-2 perf rw-s de dd rss 1
      madvise npages=3 advice=DONTFORK
      fork child=2
      2: load       -> SEGV_MAPERR
      `,
    );
  });

  test('flags show', () => {
    run(
      advance,
      `
      ${PERF}
      madvise npages=3 advice=RANDOM
      madvise npages=3 advice=HUGEPAGE
      maps -> ok: 0-2 perf rw-s dc de dd io pf rr hg rss 0
      madvise npages=3 advice=SEQUENTIAL
      madvise npages=3 advice=NOHUGEPAGE
      maps -> ok: 0-2 perf rw-s dc de dd io pf sr nh rss 0
      madvise npages=3 advice=NORMAL
      maps -> ok: 0-2 perf rw-s dc de dd io pf nh rss 0
      `,
    );
  });
});

describe('madvise of a part of a perf mapping', () => {
  test('is EINVAL where flags would change, and ok where not', () => {
    run(
      demand_fault,
      `
      ${PERF}
      madvise page=1 npages=1 advice=RANDOM   -> EINVAL
      madvise page=0 npages=2 advice=DOFORK   -> EINVAL
      madvise page=1 npages=1 advice=DONTFORK -> ok
      madvise page=1 npages=1 advice=NORMAL   -> ok
      load page=1
      load page=2
      madvise page=1 npages=1 advice=DONTNEED -> ok
      maps -> ok: 0-2 perf rw-s dc de dd rss 1
      `,
    );
  });
});

describe('madvise of ranges', () => {
  test('of no length is ok, unless the advice is unknown', () => {
    run(advance, 'madvise advice=DONTNEED -> ok\n madvise advice=POPULATE_READ -> ok');
    for (const advice of ['unknown', 'HWPOISON', 'SOFT_OFFLINE'])
      run(advance, `madvise advice=${advice} -> EINVAL`);
  });

  test('passes over holes and says ENOMEM in the end', () => {
    run(
      advance,
      `
      mmap page=1 npages=1 prot=read+write flags=private
      mmap page=3 npages=1 prot=read+write flags=private
      store page=1 value=17
      store page=3 value=18
      madvise page=0 npages=5 advice=DONTNEED -> ENOMEM
      load page=1                             -> ok
      load page=3                             -> ok
      madvise page=8 npages=2 advice=NORMAL   -> ENOMEM
      madvise page=8 npages=2 advice=FREE     -> ENOMEM
      `,
    );
  });

  test('an error ends it; what is below has changed', () => {
    run(
      advance,
      `
      mmap page=0 npages=1 prot=read+write flags=private
      open fd=0
      mmap fd=0 page=1 npages=1 prot=read
      mmap page=2 npages=1 prot=read+write flags=private
      store page=0 value=17
      store page=2 value=18
      madvise npages=3 advice=DONTNEED -> EINVAL
      load page=0 -> ok
      load page=2 -> ok 18
      `,
    );
  });
});

describe('madvise of anonymous memory', () => {
  test('DONTNEED makes private memory zero, and shared memory stays', () => {
    run(
      advance,
      `
      mmap page=0 npages=2 prot=read+write flags=private
      mmap page=4 npages=1 prot=read+write
      store page=0 value=17
      store page=1 value=18
      store page=4 value=19
      madvise page=0 npages=1 advice=DONTNEED
      madvise page=4 npages=1 advice=DONTNEED
      load page=0 -> ok
      load page=1 -> ok 18
      load page=4 -> ok 19
      `,
    );
  });

  test('locked memory: DONTNEED and FREE and COLD are EINVAL, DONTNEED_LOCKED is not', () => {
    run(
      advance,
      `
      mmap npages=1 prot=read+write flags=private+locked
      store value=17
      madvise npages=1 advice=DONTNEED        -> EINVAL
      madvise npages=1 advice=FREE            -> EINVAL
      madvise npages=1 advice=COLD            -> EINVAL
      madvise npages=1 advice=REMOVE          -> EINVAL
      madvise npages=1 advice=DONTNEED_LOCKED -> ok
      load                                    -> ok
      `,
    );
  });

  test('FREE and PAGEOUT keep the contents while there is memory', () => {
    run(
      advance,
      `
      mmap npages=1 prot=read+write flags=private
      store value=17
      madvise npages=1 advice=FREE    -> ok
      madvise npages=1 advice=PAGEOUT -> ok
      load                            -> ok 17
      mmap page=1 npages=1 prot=read
      madvise page=1 npages=1 advice=FREE -> EINVAL
      `,
    );
  });

  test('REMOVE empties shared memory, and private memory has no file to empty', () => {
    run(
      advance,
      `
      mmap page=0 npages=2 prot=read+write
      store page=0 value=17
      store page=1 value=18
      madvise page=1 npages=1 advice=REMOVE -> ok
      load page=0 -> ok 17
      load page=1 -> ok
      mmap page=4 npages=1 prot=read+write flags=private
      madvise page=4 npages=1 advice=REMOVE -> EINVAL
      mlock page=0 npages=2
      madvise page=0 npages=2 advice=REMOVE -> EINVAL
      load page=0 -> ok 17
      `,
    );
  });

  test('WIPEONFORK is for private memory; MERGEABLE is passed over by shared memory', () => {
    run(
      advance,
      `
      mmap page=0 npages=1 prot=read+write flags=private
      mmap page=2 npages=1 prot=read+write
      madvise page=0 npages=1 advice=WIPEONFORK -> ok
      madvise page=2 npages=1 advice=WIPEONFORK -> EINVAL
      madvise page=0 npages=1 advice=MERGEABLE  -> ok
      madvise page=2 npages=1 advice=MERGEABLE  -> ok
      maps -> ok: 0 anon rw-p mg wf; 2 anon rw-s
      madvise page=0 npages=1 advice=KEEPONFORK  -> ok
      madvise page=0 npages=1 advice=UNMERGEABLE -> ok
      madvise page=0 npages=1 advice=DONTDUMP    -> ok
      maps -> ok: 0 anon rw-p dd; 2 anon rw-s
      madvise page=0 npages=1 advice=DODUMP      -> ok
      maps -> ok: 0 anon rw-p; 2 anon rw-s
      `,
    );
  });

  test('POPULATE brings pages in', () => {
    run(
      advance,
      `
      mmap npages=2 prot=read flags=private
      madvise npages=2 advice=POPULATE_WRITE -> EINVAL
      madvise npages=2 advice=POPULATE_READ  -> ok
      mincore npages=2                       -> ok 3
      `,
    );
  });

  test('a mapping of shared memory that is longer than the object has nothing there to bring in', () => {
    run(
      advance,
      `
      mmap npages=1 prot=read+write
      mremap npages=1 new_npages=2
      madvise npages=2 advice=POPULATE_READ -> EFAULT
      madvise npages=2 advice=REMOVE        -> ok
      `,
    );
  });

  test('GUARD_REMOVE is known since v6.13, and refused by special mappings', () => {
    run(advance, 'mmap npages=1 prot=read flags=private\n madvise npages=1 advice=GUARD_REMOVE -> ok');
    run(v6_12, 'mmap npages=1 prot=read flags=private\n madvise npages=1 advice=GUARD_REMOVE -> EINVAL');
  });

  test('a kernel without the features does not know their advices', () => {
    const THP = 'HUGEPAGE NOHUGEPAGE COLLAPSE'.split(' ');
    const KSM = 'MERGEABLE UNMERGEABLE'.split(' ');
    for (const missing of ['thp', 'ksm']) {
      const bare = new Session(advance, { [missing]: false });
      for (const advice of [...THP, ...KSM]) {
        const known = (missing === 'thp' ? KSM : THP).includes(advice);
        expect(bare.step(`madvise advice=${advice}`)).toBe(known ? 'ok' : 'EINVAL');
      }
    }
    run(v6_12, 'madvise advice=GUARD_INSTALL -> EINVAL\n madvise advice=GUARD_REMOVE -> EINVAL');
  });

  test('advice about a part makes it a VMA of its own, and merges when it is taken back', () => {
    const s = run(advance, 'mmap npages=6 prot=read flags=private\n madvise page=2 npages=2 advice=DONTDUMP');
    expect([s.w.vma.end[0], s.w.vma.end[2], s.w.vma.end[4]]).toEqual([2, 4, 6]);
    s.run('madvise page=2 npages=2 advice=DODUMP');
    expect(s.w.vma.end[0]).toBe(6);
  });
});
