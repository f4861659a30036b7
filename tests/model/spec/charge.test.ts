import { describe, it } from 'vitest';
import { follow } from './story.js';

describe('a new buffer', () => {
  it('takes from the gift of the user first, then from RLIMIT_MEMLOCK', () => {
    follow(`
      open fd=0 => ok
      open fd=1 => ok
      headroom => ok 18
      mmap fd=0 page=0 npages=9 prot=read => ok
      headroom => ok 9
      status => ok 0 0
      mmap fd=1 page=12 npages=5 prot=read => ok
      status => ok 2 0
      headroom => ok 4`);
  });

  it('is EPERM beyond both, and leaves the range empty', () => {
    follow(
      `
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=0 page=0 npages=9 prot=read => ok
      mmap fd=-1 page=12 npages=9 prot=read => ok
      mmap fd=1 page=12 npages=9 prot=read => EPERM
      maps => ok 0-8: perf r sh dc de dd io pf first rss=0
      status => ok 0 0
      mmap fd=1 page=12 npages=5 prot=read => ok
      headroom => ok 1`,
      { gift: 12, rlimit: 3 },
    );
  });

  it('costs nothing that RLIMIT_MEMLOCK stops for who has CAP_IPC_LOCK or where perf is not paranoid', () => {
    follow(
      `
      open fd=0 => ok
      cap on=on => ok
      headroom => ok unlimited
      mmap fd=0 page=0 npages=9 prot=read => ok
      cap on=off => ok
      status => ok 9 0
      headroom => ok 0`,
      { gift: 0, rlimit: 3 },
    );
    follow(
      `
      open fd=0 => ok
      mmap fd=0 page=0 npages=9 prot=read => ok
      headroom => ok unlimited
      status => ok 9 0`,
      { gift: 0, rlimit: 3, paranoid: -1 },
    );
    follow(
      `
      open fd=0 => ok
      mmap fd=0 page=0 npages=9 prot=read => EPERM`,
      { gift: 0, rlimit: 3, paranoid: 0 },
    );
  });

  it('is EPERM even within the gift while more is pinned than RLIMIT_MEMLOCK allows', () => {
    follow(
      `
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=0 page=0 npages=5 prot=read => ok
      status => ok 1 0
      rlimit pages=0 => ok
      gift pages=20 => ok
      headroom => ok 0
      mmap fd=1 page=8 npages=2 prot=read => EPERM
      rlimit pages=1 => ok
      headroom => ok 16
      mmap fd=1 page=8 npages=2 prot=read => ok`,
      { gift: 4 },
    );
  });

  it('counts the gift as used up where it was made smaller meanwhile', () => {
    follow(
      `
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=0 page=0 npages=9 prot=read => ok
      gift pages=4 => ok
      headroom => ok 6
      mmap fd=1 page=12 npages=5 prot=read => ok
      status => ok 5 0
      munmap page=0 npages=9 => ok
      headroom => ok 5`,
    );
  });
});

describe('a refund', () => {
  it('comes with the last mapping, whichever it is', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=9 prot=read => ok
      mmap fd=0 page=12 npages=9 prot=read => ok
      headroom => ok 9
      munmap page=0 npages=9 => ok
      headroom => ok 9
      munmap page=12 npages=9 => ok
      headroom => ok 18`);
  });

  it('goes to the user who was charged', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=9 prot=read => ok
      setuid user=1 => ok
      headroom => ok 18
      munmap page=0 npages=9 => ok
      headroom => ok 18
      setuid user=0 => ok
      headroom => ok 18`);
  });

  it('goes to the memory that was charged', () => {
    const story = `
      open fd=0 => ok
      mmap fd=0 page=0 npages=5 prot=read => ok
      status => ok 3 0
      fork child=1 => ok
      p1 mmap fd=0 page=0 npages=5 prot=read => ok`;
    follow(
      `${story}
      munmap page=0 npages=5 => ok
      status => ok 3 0
      p1 munmap page=0 npages=5 => ok
      status => ok 0 0
      p1 status => ok 0 0`,
      { gift: 2 },
    );
    follow(
      `${story}
      exec => ok
      status => ok 0 0
      p1 exit => ok
      status => ok 0 0
      headroom => ok 8`,
      { gift: 2 },
    );
  });
});
