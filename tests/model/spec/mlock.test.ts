import { describe, it } from 'vitest';
import { BEFORE, follow } from './story.js';

const LAYOUT = `
  open fd=0 => ok
  mmap fd=-1 page=0 npages=2 prot=read+write flags=private => ok
  mmap fd=0 page=2 npages=2 prot=read => ok
  mmap fd=-1 page=4 npages=2 prot=read+write => ok`;
const AFTER_PERF = '2-3: perf r sh dc de dd io pf first rss=0';

describe('mlock', () => {
  it('locks anonymous pages and passes over perf mappings', () => {
    follow(`${LAYOUT}
      mlock page=1 npages=4 => ok
      status => ok 0 2
      maps => ok 0: anon r w | 1: anon r w lo | ${AFTER_PERF} | 4: anon r w sh lo | 5: anon r w sh
      munlock page=0 npages=5 => ok
      status => ok 0 0
      munlock page=0 npages=0 => ok
      munlock page=30 npages=3 => SKIP`);
  });

  it('brings perf mappings in, where they are mapped on access, unless there is no permission at all', () => {
    follow(
      `${LAYOUT}
      mlock page=2 npages=2 flags=onfault => ok
      maps => ok 0-1: anon r w | 2-3: perf r sh dc de dd first rss=2 | 4-5: anon r w sh
      mprotect page=2 npages=2 prot=0 => ok
      mlock page=2 npages=2 => ENOMEM`,
      { flavour: BEFORE },
    );
    follow(`${LAYOUT}
      mprotect page=2 npages=2 prot=0 => ok
      mlock page=2 npages=2 => ok`);
  });

  it('must be allowed, and stay within RLIMIT_MEMLOCK, where locked pages do not count twice', () => {
    follow(`${LAYOUT}
      rlimit pages=0 => ok
      mlock page=0 npages=1 => EPERM
      rlimit pages=2 => ok
      mlock page=0 npages=3 => ENOMEM
      mlock page=0 npages=2 => ok
      mlock page=0 npages=2 => ok
      mlock page=4 npages=1 => ENOMEM
      mlock page=4 npages=0 => ok
      rlimit pages=1 => ok
      mlock page=4 npages=0 => ENOMEM
      mlock page=30 npages=3 => SKIP
      cap on=on => ok
      mlock page=4 npages=1 => ok
      status => ok 0 3`);
  });

  it('counts what is locked in the range alone, up to the end of the arena', () => {
    follow(`
      rlimit pages=2 => ok
      mmap fd=-1 page=28 npages=4 prot=read => ok
      mlock page=30 npages=1 => ok
      mlock page=28 npages=2 => ENOMEM
      munlock page=28 npages=4 => ok
      mlock page=28 npages=4 => ENOMEM
      rlimit pages=4 => ok
      mlock page=28 npages=4 => ok
      status => ok 0 4`);
  });

  it('brings nothing in before a hole', () => {
    follow(
      `${LAYOUT}
      munmap page=4 npages=2 => ok
      mlock page=2 npages=3 => ENOMEM
      maps => ok 0-1: anon r w | 2-3: perf r sh dc de dd first rss=0`,
      { flavour: BEFORE },
    );
  });

  it('locks up to the first hole, and what it cannot bring in', () => {
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read+write flags=private => ok
      mlock page=0 npages=3 => ENOMEM
      status => ok 0 2
      munlock page=1 npages=2 => ENOMEM
      status => ok 0 1
      mlock page=7 npages=1 => ENOMEM
      mmap fd=-1 page=4 npages=1 prot=0 flags=private => ok
      mlock page=4 npages=1 => ENOMEM
      status => ok 0 2
      mlock page=4 npages=1 flags=onfault => ok
      mlock page=4 npages=1 => ENOMEM
      mmap fd=-1 page=6 npages=1 prot=read => ok
      mremap page=6 npages=1 new_npages=2 mode=none => ok
      mlock page=6 npages=2 => ENOMEM
      munmap page=4 npages=4 => ok
      status => ok 0 1`);
  });

  it('counts for mappings that are locked from the start', () => {
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read flags=locked => ok
      mmap fd=-1 page=2 npages=5 prot=read flags=locked => EAGAIN
      mmap fd=-1 page=1 npages=3 prot=read flags=locked => ok
      status => ok 0 4
      mmap fd=-1 page=8 npages=2 prot=read flags=locked => ok
      munmap page=8 npages=2 => ok
      maps => ok 0-3: anon r sh lo`);
  });
});

describe('mlockall', () => {
  it('asks for flags, permission and a limit that only CAP_IPC_LOCK lifts', () => {
    follow(`
      mlockall flags=0 => EINVAL
      mlockall flags=onfault => EINVAL
      mlockall flags=current => ENOMEM
      rlimit pages=0 => ok
      mlockall flags=future => EPERM
      cap on=on => ok
      mlockall flags=current => ok`);
  });

  it('locks what is there', () => {
    follow(`${LAYOUT}
      cap on=on => ok
      mlockall flags=current => ok
      maps => ok 0-1: anon r w lo | ${AFTER_PERF} | 4-5: anon r w sh lo
      status => ok 0 any
      cap on=off => ok
      mlock page=0 npages=1 => ENOMEM
      mmap fd=-1 page=8 npages=1 prot=read flags=locked => EAGAIN
      mmap fd=-1 page=8 npages=1 prot=read => ok
      mlock page=8 npages=1 => ENOMEM
      munlockall => ok
      maps => ok 0-1: anon r w | ${AFTER_PERF} | 4-5: anon r w sh | 8: anon r sh
      status => ok 0 0`);
    follow(
      `${LAYOUT}
      cap on=on => ok
      mlockall flags=current+onfault => ok
      maps => ok 0-1: anon r w lo | 2-3: perf r sh dc de dd first rss=2 | 4-5: anon r w sh lo`,
      { flavour: BEFORE },
    );
  });

  it('locks the memory of its own process alone', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read => ok
      fork child=1 => ok
      cap on=on => ok
      mlockall flags=current => ok
      p1 maps => ok 0: anon r sh
      p1 status => ok 0 0`);
  });

  it('locks what will be there, until it is called again without that', () => {
    follow(`
      cap on=on => ok
      mlockall flags=future => ok
      mmap fd=-1 page=0 npages=2 prot=read => ok
      status => ok 0 2
      cap on=off => ok
      headroom => ok any
      mmap fd=-1 page=2 npages=7 prot=read => EAGAIN
      cap on=on => ok
      mlockall flags=current => ok
      mmap fd=-1 page=2 npages=2 prot=read => ok
      mlockall flags=current+future+onfault => ok
      mmap fd=-1 page=4 npages=2 prot=0 => ok
      maps => ok 0-3: anon r sh lo | 4-5: anon sh lo
      munlockall => ok
      mmap fd=-1 page=6 npages=2 prot=read => ok
      maps => ok 0-3: anon r sh | 4-5: anon sh | 6-7: anon r sh`);
  });
});
