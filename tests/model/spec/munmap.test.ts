import { describe, expect, it } from 'vitest';
import { follow } from './story.js';

describe('munmap', () => {
  it('needs a length and passes over holes', () => {
    follow(`
      munmap page=0 npages=0 => EINVAL
      munmap page=0 npages=4 => ok
      munmap page=30 npages=4 => SKIP`);
  });

  it('takes a perf mapping as a whole or not at all, and its neighbours with it', () => {
    follow(`
      open fd=0 => ok
      mmap fd=-1 page=0 npages=2 prot=read => ok
      mmap fd=0 page=2 npages=3 prot=read => ok
      munmap page=0 npages=4 => EINVAL
      munmap page=3 npages=1 => EINVAL
      munmap page=4 npages=3 => EINVAL
      maps => ok 0-1: anon r sh | 2-4: perf r sh dc de dd io pf first rss=0
      munmap page=1 npages=4 => ok
      maps => ok 0: anon r sh
      headroom => ok 18`);
  });
});

describe('anonymous memory', () => {
  it('is private or shared, as asked for', () => {
    const spec = follow(`
      mmap fd=-1 page=0 npages=2 prot=read+write flags=private => ok
      mmap fd=-1 page=2 npages=1 prot=read+exec => ok
      maps => ok 0-1: anon r w | 2: anon r x sh
      load page=0 word=data_size => ok 0
      load page=2 word=data_head => ok 0`);
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read+write flags=private => ok
      mmap fd=-1 page=4 npages=2 prot=read+write => ok
      store page=0 word=data_offset value=20 => ok
      store page=4 word=data_offset value=21 => ok
      load page=1 word=data_size => ok 0
      load page=5 word=data_size => ok 0`);
    expect(spec.view.mappingStart(0, 1)).toBe(1);
    expect(spec.view.mappingPages(0, 1)).toBe(1);
    expect(spec.view.pagePgoff(0, 1)).toBe(0);
    expect(spec.view.pageKind(0, 1)).toBe(1);
  });

  it('reaches the end of the arena', () => {
    follow(`
      mmap fd=-1 page=28 npages=4 prot=read flags=private => ok
      mprotect page=28 npages=4 prot=0 => ok
      maps => ok 28-31: anon
      munmap page=28 npages=4 => ok
      maps => ok`);
  });

  it('is zero when it is mapped anew, whatever else is there', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read+write => ok
      mmap fd=-1 page=1 npages=1 prot=read+write => ok
      mmap fd=-1 page=2 npages=1 prot=read+write => ok
      store page=1 word=scratch value=20 => ok
      store page=2 word=scratch value=21 => ok
      munmap page=2 npages=1 => ok
      mmap fd=-1 page=2 npages=1 prot=read+write => ok
      load page=2 word=scratch => ok 0
      munmap page=0 npages=1 => ok
      mmap fd=-1 page=4 npages=12 prot=read+write => ok
      load page=1 word=scratch => ok 20`);
  });

  it('is zero when it is mapped anew', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read+write flags=private => ok
      store page=0 word=aux_size value=3 => ok
      load page=0 word=aux_size => ok 3
      mmap fd=-1 page=0 npages=1 prot=read+write flags=private => ok
      load page=0 word=aux_size => ok 0
      mmap fd=-1 page=0 npages=1 prot=read+write => ok
      store page=0 word=aux_size value=3 => ok
      mmap fd=-1 page=0 npages=1 prot=read+write => ok
      load page=0 word=aux_size => ok 0`);
  });
});
