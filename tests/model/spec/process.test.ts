import { describe, expect, it } from 'vitest';
import { BEFORE, follow } from './story.js';

describe('fork', () => {
  it('copies descriptors and anonymous memory, and no perf mapping', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      mmap fd=-1 page=2 npages=1 prot=read+write flags=private => ok
      mmap fd=-1 page=3 npages=1 prot=read+write => ok
      store page=2 word=scratch value=20 => ok
      store page=3 word=scratch value=21 => ok
      fork child=1 => ok
      fork child=1 => SKIP
      p1 load page=0 word=scratch => SEGV_MAPERR
      p1 load page=2 word=scratch => ok 20
      p1 load page=3 word=scratch => ok 21
      p1 store page=2 word=scratch value=22 => ok
      p1 store page=3 word=scratch value=23 => ok
      load page=2 word=scratch => ok 20
      load page=3 word=scratch => ok 23
      p1 mmap fd=0 page=0 npages=2 prot=read+write => ok
      store page=0 word=scratch value=24 => ok
      p1 load page=0 word=scratch => ok 24
      p1 close fd=0 => ok
      close fd=0 => ok
      p1 record count=1 => ok
      load page=0 word=data_head => ok 1`);
  });

  it('gives the child a task, memory and descriptors that nobody else has', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read => ok
      fork child=1 => ok
      fork child=2 => ok
      p2 open fd=3 => ok
      p2 set_output fd=3 target=0 => EINVAL
      p1 set_output fd=0 target=-1 => EINVAL
      p2 close fd=0 => ok
      p1 exit => ok
      fork child=1 => ok
      p2 close fd=0 => SKIP
      p2 close fd=3 => ok`);
    follow(`
      open fd=1 => ok
      fork child=1 => ok
      p1 open fd=3 => ok
      p1 close fd=1 => ok
      p1 fork child=2 => ok
      p2 close fd=1 => SKIP
      p2 close fd=3 => ok
      p1 exit => ok
      close fd=1 => ok`);
  });

  it('copies every word of the memory, and no more than it', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read+write flags=private => ok
      mmap fd=-1 page=31 npages=1 prot=read+write flags=private => ok
      mmap fd=-1 page=4 npages=1 prot=read+write => ok
      store page=31 word=aux_offset value=20 => ok
      store page=31 word=data_offset value=21 => ok
      store page=4 word=scratch value=22 => ok
      fork child=2 => ok
      p2 store page=0 word=scratch value=23 => ok
      fork child=1 => ok
      p1 load page=31 word=scratch => ok 0
      p1 load page=31 word=aux_offset => ok 20
      p1 load page=31 word=data_offset => ok 21
      p2 load page=0 word=scratch => ok 23
      munmap page=4 npages=1 => ok
      p2 munmap page=4 npages=1 => ok
      mmap fd=-1 page=6 npages=1 prot=read+write => ok
      p1 load page=4 word=scratch => ok 22`);
  });

  it('shares what is shared, for as long as the child has it', () => {
    const shared = `
      mmap fd=-1 page=4 npages=1 prot=read+write => ok
      store page=4 word=scratch value=22 => ok
      fork child=1 => ok`;
    const another = `
      mmap fd=-1 page=6 npages=1 prot=read+write => ok
      p1 load page=4 word=scratch => ok 22`;
    follow(`${shared}${another}`);
    follow(`${shared}
      munmap page=4 npages=1 => ok${another}`);
  });

  it('copies limits and no locks', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=9 prot=read => ok
      mmap fd=-1 page=12 npages=2 prot=read flags=locked => ok
      rlimit pages=3 => ok
      setuid user=1 => ok
      cap on=on => ok
      fork child=2 => ok
      p2 status => ok 0 0
      p2 maps => ok 12-13: anon r sh
      p2 headroom => ok unlimited
      p2 cap on=off => ok
      p2 headroom => ok 15
      p2 mlock page=12 npages=2 => ok
      status => ok 0 2`);
  });

  it('leaves out, or empties, what is marked so', () => {
    follow(`
      mmap fd=-1 page=0 npages=3 prot=read+write flags=private => ok
      store page=0 word=scratch value=20 => ok
      store page=1 word=scratch value=21 => ok
      madvise page=0 npages=1 advice=DONTFORK => ok
      madvise page=1 npages=1 advice=WIPEONFORK => ok
      fork child=1 => ok
      p1 maps => ok 1: anon r w wf | 2: anon r w
      p1 load page=1 word=scratch => ok 0
      load page=1 word=scratch => ok 21`);
  });

  it('copies a perf mapping only after MADV_DOFORK, and its charge never', () => {
    follow(
      `
      open fd=0 => ok
      mmap fd=0 page=0 npages=9 prot=read+write => ok
      load page=0 word=scratch => ok 0
      madvise page=0 npages=9 advice=DOFORK => ok
      fork child=1 => ok
      p1 maps => ok 0-8: perf r w sh de dd first rss=0
      p1 store page=0 word=scratch value=20 => ok
      load page=0 word=scratch => ok 20
      p1 status => ok 0 0
      headroom => ok 3
      munmap page=0 npages=9 => ok
      headroom => ok 3
      p1 munmap page=0 npages=9 => ok
      headroom => ok 12`,
      { flavour: BEFORE, gift: 6 },
    );
  });

  it('copies a perf mapping from any process', () => {
    follow(
      `
      open fd=0 => ok
      fork child=1 => ok
      p1 mmap fd=0 page=4 npages=2 prot=read+write => ok
      p1 madvise page=4 npages=2 advice=DOFORK => ok
      p1 fork child=2 => ok
      p2 maps => ok 4-5: perf r w sh de dd first rss=0`,
      { flavour: BEFORE },
    );
  });

  it('copies an AUX mapping without its buffer', () => {
    follow(
      `
      open fd=0 flags=aux => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      store page=0 word=aux_offset value=2 => ok
      store page=0 word=aux_size value=1 => ok
      mmap fd=0 page=4 npages=1 prot=read pgoff=2 => ok
      madvise page=4 npages=1 advice=DOFORK => ok
      fork child=1 => ok
      munmap page=4 npages=1 => ok
      headroom => ok 15
      p1 munmap page=4 npages=1 => ok
      headroom => ok 16`,
      { flavour: BEFORE, aux: true },
    );
  });

  it('copies an AUX mapping with its buffer', () => {
    follow(
      `
      open fd=0 flags=aux => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      store page=0 word=aux_offset value=2 => ok
      store page=0 word=aux_size value=1 => ok
      mmap fd=0 page=4 npages=1 prot=read pgoff=2 => ok
      madvise page=0 npages=2 advice=DOFORK => ok
      madvise page=4 npages=1 advice=DOFORK => ok
      fork child=1 => ok
      munmap page=0 npages=5 => ok
      headroom => ok 15
      p1 munmap page=4 npages=1 => ok
      headroom => ok 16
      p1 munmap page=0 npages=2 => ok
      headroom => ok 18`,
      { flavour: BEFORE, aux: true },
    );
  });
});

describe('exit', () => {
  it('gives everything back', () => {
    follow(`
      open fd=0 flags=cpu => ok
      mmap fd=0 page=0 npages=2 prot=read => ok
      fork child=1 => ok
      p1 open fd=1 => ok
      p1 mmap fd=1 page=0 npages=9 prot=read => ok
      p1 mmap fd=-1 page=12 npages=2 prot=read flags=locked => ok
      headroom => ok 7
      p1 exit => ok
      headroom => ok 16
      p1 maps => SKIP
      fork child=1 => ok
      p1 status => ok 0 0
      p1 maps => ok`);
  });

  it('writes its record before it gives up what it writes to', () => {
    follow(`
      open fd=0 flags=cpu => ok
      mmap fd=0 page=0 npages=2 prot=read => ok
      fork child=1 => ok
      p1 open fd=1 flags=cpu output=0 => ok
      p1 exit => ok
      load page=0 word=data_head => ok 2`);
  });

  it('closes what the process had open', () => {
    const spec = follow(`
      fork child=1 => ok
      p1 open fd=1 => ok
      p1 exit => ok`);
    expect(spec.view.fdOpen(1, 1)).toBe(false);
    follow(
      Array.from(
        { length: 40 },
        () => `fork child=1 => ok
        p1 open fd=1 => ok
        p1 open fd=3 => ok
        p1 exit => ok`,
      ).join('\n'),
    );
  });

  it('of everyone ends the sequence', () => {
    follow(`
      exit => ok
      open fd=0 => SKIP`);
  });
});

describe('exec', () => {
  it('keeps descriptors and user, and no memory', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=9 prot=read => ok
      mmap fd=-1 page=12 npages=2 prot=read flags=locked => ok
      mlockall flags=future => ok
      setuid user=1 => ok
      exec => ok
      maps => ok
      status => ok 0 0
      headroom => ok 18
      mmap fd=0 page=0 npages=9 prot=read => ok
      mmap fd=-1 page=12 npages=1 prot=read => ok
      status => ok 0 0
      headroom => ok 9`);
  });
});
