import { describe, it } from 'vitest';
import { follow } from './story.js';

const LAYOUT = `
  open fd=0 => ok
  mmap fd=-1 page=0 npages=2 prot=read+write flags=private => ok
  mmap fd=0 page=2 npages=3 prot=read+write => ok
  mmap fd=-1 page=5 npages=2 prot=read+write => ok`;

describe('mprotect of a perf mapping in another process', () => {
  it('changes that mapping', () => {
    follow(`
      open fd=0 => ok
      fork child=1 => ok
      p1 mmap fd=0 page=2 npages=3 prot=read+write => ok
      p1 mprotect page=2 npages=3 prot=read => ok
      p1 mprotect page=3 npages=1 prot=read+write => EINVAL
      p1 maps => ok 2-4: perf r sh dc de dd io pf first rss=0`);
  });
});

describe('mprotect', () => {
  it('changes a perf mapping as a whole', () => {
    follow(`${LAYOUT}
      mprotect page=2 npages=3 prot=read => ok
      store page=2 word=scratch value=20 => SEGV_ACCERR
      mprotect page=2 npages=3 prot=0 => ok
      load page=2 word=scratch => SEGV_ACCERR
      mprotect page=2 npages=3 prot=read+write => ok
      store page=2 word=scratch value=20 => ok
      store page=3 word=scratch value=20 => SIGBUS`);
  });

  it('of a part is EINVAL if it would change something, and lower pages keep what was done', () => {
    follow(`${LAYOUT}
      mprotect page=3 npages=1 prot=read+write => ok
      mprotect page=1 npages=2 prot=read => EINVAL
      mprotect page=3 npages=4 prot=read => EINVAL
      maps => ok 0: anon r w | 1: anon r | 2-4: perf r w sh dc de dd io pf first rss=0 | 5-6: anon r w sh
      mprotect page=1 npages=5 prot=read => ok
      maps => ok 0: anon r w | 1: anon r | 2-4: perf r sh dc de dd io pf first rss=0 | 5: anon r sh | 6: anon r w sh`);
  });

  it('ends at the first hole', () => {
    follow(`${LAYOUT}
      munmap page=6 npages=1 => ok
      mprotect page=5 npages=3 prot=read => ENOMEM
      mprotect page=6 npages=1 prot=read => ENOMEM
      mprotect page=6 npages=0 prot=read => ok
      mprotect page=31 npages=2 prot=read => SKIP
      load page=5 word=scratch => ok 0
      store page=5 word=scratch value=20 => SEGV_ACCERR`);
  });

  it('to PROT_EXEC is refused for perf mappings by newer kernels', () => {
    const story = `${LAYOUT}
      mprotect page=0 npages=1 prot=read+exec => ok
      fetch page=0 => ok`;
    follow(`${story}
      mprotect page=2 npages=3 prot=read+exec => EACCES
      mprotect page=3 npages=1 prot=read+exec => EACCES`);
    follow(
      `${story}
      mprotect page=3 npages=1 prot=read+exec => EINVAL
      mprotect page=2 npages=3 prot=read+exec => ok
      fetch page=3 => ok`,
      { flavour: 0 },
    );
  });
});
