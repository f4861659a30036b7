import { describe, expect, it } from 'vitest';
import { BEFORE, follow } from './story.js';

const PERF = 'perf r w sh dc de dd io pf first rss=0';

describe('mmap of an event', () => {
  it('shows control page and data pages', () => {
    const spec = follow(`
      open fd=2 => ok
      mmap fd=2 page=4 npages=5 prot=read+write => ok
      maps => ok 4-8: ${PERF}
      load page=4 word=data_size => ok 4
      load page=4 word=data_offset => ok 1
      load page=4 word=first => ok 0`);
    expect(spec.view.bufferPages(0, 2)).toBe(5);
    expect(spec.view.mappingStart(0, 7)).toBe(4);
    expect(spec.view.mappingPages(0, 7)).toBe(5);
    expect(spec.view.pagePgoff(0, 7)).toBe(3);
  });

  it('asks for a length, free room, and a lock that is allowed, and then changes nothing', () => {
    follow(`
      open fd=0 => ok
      mmap fd=-1 page=3 npages=1 prot=read+write flags=private => ok
      mmap fd=0 page=2 npages=0 prot=read => EINVAL
      mmap fd=-1 page=2 npages=0 prot=read => EINVAL
      mmap fd=1 page=2 npages=2 prot=read => SKIP
      mmap fd=0 page=2 npages=2 prot=read flags=noreplace => EEXIST
      mmap fd=0 page=1 npages=2 prot=read flags=noreplace => ok
      rlimit pages=0 => ok
      mmap fd=-1 page=4 npages=2 prot=read flags=private => ok
      munmap page=4 npages=2 => ok
      mmap fd=0 page=3 npages=2 prot=read flags=locked => EPERM
      rlimit pages=1 => ok
      mmap fd=0 page=3 npages=2 prot=read flags=locked => EAGAIN
      maps => ok 1-2: perf r sh dc de dd io pf first rss=0 | 3: anon r w
      mmap fd=0 page=31 npages=2 prot=read => SKIP`);
  });

  it('with PROT_EXEC is refused by newer kernels before anything is unmapped', () => {
    const story = `
      open fd=0 => ok
      mmap fd=-1 page=0 npages=2 prot=read => ok`;
    follow(`${story}
      mmap fd=0 page=0 npages=2 prot=read+exec => EPERM
      mmap fd=0 page=0 npages=2 prot=read+exec flags=private => EPERM
      maps => ok 0-1: anon r sh`);
    follow(
      `${story}
      mmap fd=0 page=0 npages=2 prot=read+exec => ok
      maps => ok 0-1: perf r x sh dc de dd first rss=0`,
      { flavour: 0 },
    );
  });

  it('does not cut another perf mapping', () => {
    const story = `
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=0 page=4 npages=3 prot=read => ok
      mmap fd=-1 page=2 npages=2 prot=read => ok`;
    follow(`${story}
      mmap fd=1 page=3 npages=2 prot=read => EINVAL
      mmap fd=1 page=6 npages=2 prot=read => EINVAL
      mmap fd=-1 page=5 npages=1 prot=read => EINVAL
      maps => ok 2-3: anon r sh | 4-6: perf r sh dc de dd io pf first rss=0`);
    follow(
      `${story}
      mmap fd=1 page=6 npages=2 prot=read => ENOMEM`,
      { flavour: 0 },
    );
  });

  it('replaces what is there, perf mappings too', () => {
    follow(`
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=0 page=2 npages=2 prot=read => ok
      mmap fd=-1 page=4 npages=2 prot=read flags=private => ok
      mmap fd=1 page=1 npages=5 prot=read => ok
      maps => ok 1-5: perf r sh dc de dd io pf first rss=0
      headroom => ok 13
      set_output fd=1 target=0 => EINVAL`);
  });

  it('that perf refuses leaves a hole', () => {
    const refused = (how: string): void => {
      follow(`
        open fd=0 flags=inherit => ok
        open fd=1 flags=inherit+cpu => ok
        mmap fd=1 page=8 npages=3 prot=read => ok
        mmap fd=-1 page=0 npages=4 prot=read => ok
        mmap ${how}
        maps => ok 8-10: perf r sh dc de dd io pf first rss=0`);
    };
    refused('fd=0 page=0 npages=4 prot=read => EINVAL');
    refused('fd=0 page=0 npages=5 prot=read => EINVAL');
    refused('fd=1 page=0 npages=4 prot=read flags=private => EINVAL');
    refused('fd=1 page=0 npages=4 prot=read => EINVAL');
    follow(`
      open fd=0 flags=inherit+cpu => ok
      open fd=1 flags=inherit => ok
      mmap fd=0 page=8 npages=3 prot=read => ok
      mmap fd=0 page=0 npages=3 prot=read flags=private => EINVAL
      mmap fd=1 page=0 npages=3 prot=read => EINVAL`);
    refused('fd=1 page=0 npages=5 prot=read => EINVAL');
  });

  it('of a buffer that exists shows the same bytes', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      mmap fd=0 page=4 npages=2 prot=read+write => ok
      store page=0 word=scratch value=20 => ok
      load page=4 word=scratch => ok 20
      munmap page=0 npages=2 => ok
      load page=4 word=scratch => ok 20
      munmap page=4 npages=2 => ok
      mmap fd=0 page=0 npages=2 prot=read => ok
      load page=0 word=scratch => ok 0`);
  });

  it('needs a descriptor that is open', () => {
    follow('mmap fd=0 page=0 npages=2 prot=read => SKIP');
  });

  it('gives a clean control page to each buffer, and touches no other', () => {
    follow(`
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      mmap fd=1 page=2 npages=2 prot=read+write => ok
      store page=2 word=scratch value=20 => ok
      store page=2 word=aux_offset value=21 => ok
      store page=2 word=aux_size value=22 => ok
      store page=2 word=data_offset value=23 => ok
      munmap page=2 npages=2 => ok
      mmap fd=1 page=2 npages=2 prot=read+write => ok
      load page=2 word=scratch => ok 0
      load page=2 word=aux_offset => ok 0
      load page=2 word=aux_size => ok 0
      load page=2 word=data_offset => ok 1
      load page=0 word=data_offset => ok 1`);
  });

  it('over the last mapping of the same event gives a new buffer', () => {
    follow(`
      open fd=0 => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      store page=0 word=scratch value=20 => ok
      mmap fd=0 page=0 npages=3 prot=read+write => ok
      load page=0 word=scratch => ok 0`);
  });

  it('touches the pages where they are mapped on access, if it is to', () => {
    const populated = (flags: string, prot: string, rss: number): void => {
      follow(
        `
        cap on=on => ok
        open fd=0 => ok
        mmap fd=0 page=0 npages=3 prot=${prot} flags=${flags} => ok
        maps => ok 0-2: perf ${prot === '0' ? '' : `${prot.charAt(0)} `}sh dc de dd first rss=${rss}`,
        { flavour: BEFORE },
      );
    };
    populated('populate', 'read', 3);
    populated('locked', 'write', 3);
    populated('populate', '0', 0);
    populated('0', 'read', 0);
    follow(
      `
      cap on=on => ok
      mlockall flags=future+onfault => ok
      open fd=0 => ok
      mmap fd=0 page=0 npages=3 prot=read => ok
      maps => ok 0-2: perf r sh dc de dd first rss=3`,
      { flavour: BEFORE },
    );
    follow(
      `
      open fd=0 => ok
      mmap fd=0 page=0 npages=3 prot=exec flags=populate => ok
      maps => ok 0-2: perf x sh dc de dd first rss=0`,
      { flavour: 0, pku: true },
    );
    follow(
      `
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=0 page=0 npages=3 prot=exec flags=populate => ok
      mmap fd=1 page=6 npages=1 prot=read => ok
      mmap fd=1 page=5 npages=1 prot=read flags=populate => ok
      maps => ok 0-2: perf x sh dc de dd first rss=3 | 5: perf r sh dc de dd first rss=1 | 6: perf r sh dc de dd first rss=0`,
      { flavour: 0 },
    );
    follow(
      `
      open fd=0 => ok
      mmap fd=0 page=0 npages=3 prot=read flags=populate => ok
      maps => ok 0-2: perf r sh dc de dd first rss=3`,
      { flavour: BEFORE, pku: true },
    );
  });
});

it('each process is seen with what it has', () => {
  const { view } = follow(`
    open fd=0 => ok
    mmap fd=0 page=4 npages=3 prot=read => ok
    fork child=1 => ok
    p1 mmap fd=-1 page=5 npages=1 prot=read => ok
    p1 close fd=0 => ok
    p1 open fd=2 => ok
    p1 mmap fd=2 page=8 npages=2 prot=read => ok`);
  expect([view.fdOpen(1, 0), view.fdOpen(1, 2), view.fdOpen(0, 2)]).toEqual([false, true, false]);
  expect([view.bufferPages(1, 2), view.bufferPages(1, 0)]).toEqual([2, 0]);
  expect([view.pageKind(1, 4), view.pageKind(1, 5), view.pageKind(1, 9)]).toEqual([0, 1, 2]);
  expect([view.mappingStart(1, 9), view.mappingStart(1, 5)]).toEqual([8, 5]);
  expect([view.mappingPages(1, 9), view.mappingPages(1, 5)]).toEqual([2, 1]);
  expect([view.pagePgoff(1, 9), view.pagePgoff(1, 8), view.pagePgoff(0, 6)]).toEqual([1, 0, 2]);
});
