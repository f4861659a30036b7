import { describe, it } from 'vitest';
import { follow } from './story.js';

const PERF = `
  open fd=0 => ok
  mmap fd=0 page=2 npages=3 prot=read+write => ok
  store page=2 word=scratch value=20 => ok`;
const OLD = { flavour: 0 };
const flags = (old: boolean): string => (old ? '' : 'io pf ');

describe.each([
  ['before v6.17', true],
  ['since v6.17', false],
])('mremap of a perf mapping, %s', (_, old) => {
  const setting = old ? OLD : {};

  it('moves all of it, with all that it is', () => {
    follow(
      `${PERF}
      madvise page=2 npages=3 advice=RANDOM => ok
      mremap page=2 npages=3 new_npages=3 mode=fixed new_page=10 => ok
      maps => ok 10-12: perf r w sh dc de dd ${flags(old)}rr first rss=${old ? 1 : 0}
      load page=10 word=scratch => ok 20
      store page=11 word=scratch value=21 => SIGBUS
      headroom => ok 15
      munmap page=10 npages=3 => ok
      headroom => ok 18`,
      setting,
    );
  });

  it('moves no part of it, and leaves no part behind', () => {
    follow(
      `${PERF}
      mremap page=2 npages=2 new_npages=2 mode=fixed new_page=10 => EINVAL
      mremap page=3 npages=2 new_npages=2 mode=fixed new_page=10 => EINVAL
      mremap page=2 npages=3 new_npages=2 mode=fixed new_page=10 => EINVAL
      mremap page=2 npages=3 new_npages=2 mode=none => EINVAL
      mremap page=2 npages=3 new_npages=3 mode=dontunmap new_page=10 => EINVAL
      mremap page=2 npages=3 new_npages=2 mode=dontunmap new_page=10 => EINVAL
      maps => ok 2-4: perf r w sh dc de dd ${flags(old)}first rss=${old ? 1 : 0}`,
      setting,
    );
  });

  it('lets it neither grow nor show twice', () => {
    follow(
      `${PERF}
      mremap page=2 npages=3 new_npages=4 mode=none => EFAULT
      mremap page=2 npages=3 new_npages=4 mode=fixed new_page=10 => EFAULT
      mremap page=2 npages=0 new_npages=3 mode=none => EFAULT
      mremap page=2 npages=0 new_npages=3 mode=fixed new_page=10 => EFAULT
      mremap page=2 npages=3 new_npages=4 mode=maymove => SKIP
      mremap page=2 npages=3 new_npages=3 mode=maymove => ok
      mremap page=2 npages=1 new_npages=1 mode=none => ok
      mremap page=2 npages=3 new_npages=0 mode=none => EINVAL`,
      setting,
    );
  });

  it('refuses places that overlap or lie outside the arena', () => {
    follow(
      `${PERF}
      mremap page=2 npages=3 new_npages=3 mode=fixed new_page=3 => EINVAL
      mremap page=2 npages=3 new_npages=3 mode=fixed new_page=2 => EINVAL
      mremap page=2 npages=3 new_npages=3 mode=fixed new_page=30 => SKIP
      mremap page=30 npages=3 new_npages=1 mode=none => SKIP
      mremap page=30 npages=1 new_npages=3 mode=none => SKIP
      mremap page=8 npages=1 new_npages=1 mode=none => EFAULT
      mremap page=8 npages=1 new_npages=1 mode=fixed new_page=12 => EFAULT`,
      setting,
    );
  });

  it('does not cut a perf mapping at the new place', () => {
    follow(
      `${PERF}
      mmap fd=-1 page=10 npages=2 prot=read flags=private => ok
      mremap page=10 npages=2 new_npages=2 mode=fixed new_page=3 => EINVAL
      mremap page=10 npages=2 new_npages=3 mode=fixed new_page=3 => EINVAL
      mremap page=10 npages=2 new_npages=2 mode=fixed new_page=1 => EINVAL
      mremap page=10 npages=2 new_npages=3 mode=fixed new_page=0 => EINVAL
      mremap page=10 npages=2 new_npages=3 mode=fixed new_page=2 => ok
      maps => ok 2-4: anon r
      headroom => ok 18`,
      setting,
    );
  });
});

describe('where mremap checks first', () => {
  it('an error leaves the new place alone', () => {
    const story = `${PERF}
      mmap fd=-1 page=10 npages=4 prot=read flags=private => ok`;
    follow(`${story}
      mremap page=2 npages=3 new_npages=4 mode=fixed new_page=10 => EFAULT
      mremap page=7 npages=1 new_npages=1 mode=fixed new_page=10 => EFAULT
      mremap page=7 npages=2 new_npages=2 mode=fixed new_page=8 => EINVAL
      mremap page=7 npages=2 new_npages=1 mode=fixed new_page=10 => EFAULT
      mremap page=7 npages=1 new_npages=2 mode=fixed new_page=10 => EFAULT
      maps => ok 2-4: perf r w sh dc de dd io pf first rss=0 | 10-13: anon r`);
    follow(
      `${story}
      mremap page=7 npages=1 new_npages=1 mode=fixed new_page=10 => EFAULT
      mremap page=7 npages=2 new_npages=2 mode=fixed new_page=8 => EFAULT
      mremap page=2 npages=3 new_npages=4 mode=fixed new_page=10 => EFAULT
      maps => ok 2-4: perf r w sh dc de dd first rss=1`,
      OLD,
    );
  });

  it('perf mappings side by side move as what they are', () => {
    const story = `
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read => ok
      mmap fd=0 page=2 npages=2 prot=read => ok`;
    follow(`${story}
      mremap page=0 npages=4 new_npages=4 mode=fixed new_page=10 => ok
      maps => ok 10-11: perf r sh dc de dd io pf first rss=0 | 12-13: perf r sh dc de dd io pf first rss=0
      munmap page=12 npages=2 => ok
      munmap page=11 npages=1 => EINVAL
      munmap page=10 npages=2 => ok
      headroom => ok 18`);
    follow(
      `${story}
      mremap page=0 npages=4 new_npages=4 mode=fixed new_page=10 => EFAULT`,
      OLD,
    );
  });

  it('several mappings move at once', () => {
    const story = `${PERF}
      mmap fd=-1 page=0 npages=1 prot=read flags=private => ok
      mmap fd=-1 page=5 npages=2 prot=read flags=private => ok
      mmap fd=-1 page=21 npages=1 prot=write flags=private => ok`;
    follow(`${story}
      mremap page=0 npages=6 new_npages=6 mode=fixed new_page=20 => ok
      maps => ok 6: anon r | 20: anon r | 21: anon w | 22-24: perf r w sh dc de dd io pf first rss=0 | 25: anon r
      mremap page=22 npages=4 new_npages=4 mode=dontunmap new_page=10 => EINVAL
      mremap page=24 npages=2 new_npages=2 mode=fixed new_page=10 => EINVAL
      mremap page=20 npages=4 new_npages=4 mode=fixed new_page=10 => EINVAL
      maps => ok 6: anon r | 10: anon r | 11: anon w | 22-24: perf r w sh dc de dd io pf first rss=0 | 25: anon r`);
    follow(
      `${story}
      mremap page=0 npages=6 new_npages=6 mode=fixed new_page=20 => EFAULT
      mremap page=2 npages=4 new_npages=4 mode=fixed new_page=10 => EFAULT`,
      OLD,
    );
  });
});
