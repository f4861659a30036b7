import { describe, expect, it } from 'vitest';
import { ACCEPTED, follow, OUT_OF_SCOPE, REJECTED, verdict } from './story.js';

const OLD = { flavour: 0 };
const flags = (old: boolean): string => (old ? '' : 'io pf ');

describe('mremap of anonymous memory', () => {
  it('works up to the end of the arena, and to a place right before', () => {
    follow(`
      mmap fd=-1 page=26 npages=2 prot=read flags=private => ok
      mremap page=26 npages=2 new_npages=2 mode=fixed new_page=28 => ok
      mremap page=28 npages=2 new_npages=4 mode=none => ok
      mremap page=28 npages=4 new_npages=4 mode=none => ok
      mremap page=28 npages=4 new_npages=4 mode=fixed new_page=24 => ok
      mremap page=24 npages=4 new_npages=4 mode=fixed new_page=28 => ok
      maps => ok 28-31: anon r`);
  });

  it('of the same size asks for nothing but the first page', () => {
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read flags=private => ok
      mremap page=0 npages=4 new_npages=4 mode=maymove => ok
      mremap page=0 npages=2 new_npages=1 mode=dontunmap new_page=10 => EINVAL
      maps => ok 0-1: anon r`);
  });

  it('moves every word of its pages, and nothing of their neighbours', () => {
    follow(`
      mmap fd=-1 page=1 npages=3 prot=read+write flags=private => ok
      store page=1 word=scratch value=20 => ok
      store page=2 word=aux_offset value=21 => ok
      store page=2 word=data_offset value=22 => ok
      store page=3 word=scratch value=23 => ok
      mmap fd=-1 page=12 npages=1 prot=read+write flags=private => ok
      store page=12 word=scratch value=24 => ok
      mremap page=1 npages=2 new_npages=2 mode=fixed new_page=10 => ok
      load page=10 word=scratch => ok 20
      load page=11 word=scratch => ok 0
      load page=11 word=aux_offset => ok 21
      load page=11 word=data_offset => ok 22
      load page=12 word=scratch => ok 24`);
  });

  it('grows it by empty pages, of the same memory', () => {
    follow(`
      mmap fd=-1 page=0 npages=3 prot=read+write flags=private => ok
      store page=2 word=scratch value=20 => ok
      mremap page=0 npages=3 new_npages=2 mode=none => ok
      mremap page=0 npages=2 new_npages=3 mode=none => ok
      load page=2 word=scratch => ok 0
      mmap fd=-1 page=8 npages=1 prot=read+write => ok
      store page=8 word=scratch value=20 => ok
      mremap page=8 npages=1 new_npages=2 mode=none => ok
      mmap fd=-1 page=14 npages=1 prot=read => ok
      load page=8 word=scratch => ok 20
      munmap page=8 npages=1 => ok
      mmap fd=-1 page=12 npages=2 prot=read+write => ok
      load page=9 word=scratch => SIGBUS
      store page=13 word=scratch value=21 => ok
      load page=9 word=scratch => SIGBUS`);
  });

  it.each([OLD, {}])('moves, shrinks and grows it', (setting) => {
    follow(
      `
      mmap fd=-1 page=0 npages=3 prot=read+write flags=private => ok
      store page=0 word=scratch value=20 => ok
      store page=1 word=scratch value=21 => ok
      mremap page=0 npages=3 new_npages=2 mode=none => ok
      mremap page=0 npages=2 new_npages=4 mode=none => ok
      load page=1 word=scratch => ok 21
      load page=3 word=scratch => ok 0
      mremap page=0 npages=4 new_npages=1 mode=maymove => ok
      mremap page=0 npages=1 new_npages=3 mode=fixed new_page=10 => ok
      load page=10 word=scratch => ok 20
      load page=12 word=scratch => ok 0
      maps => ok 10-12: anon r w
      mremap page=10 npages=3 new_npages=1 mode=fixed new_page=20 => ok
      maps => ok 20: anon r w`,
      setting,
    );
  });

  it('finds no room where something is in the way', () => {
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read+write => ok
      mmap fd=-1 page=3 npages=1 prot=read+write => ok
      mremap page=0 npages=2 new_npages=4 mode=none => ENOMEM
      mremap page=0 npages=2 new_npages=3 mode=none => ok
      mremap page=0 npages=0 new_npages=1 mode=none => ENOMEM
      load page=2 word=scratch => SIGBUS`);
  });

  it('leaves an empty mapping behind, if it is to', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read+write flags=private => ok
      mmap fd=-1 page=2 npages=1 prot=read+write => ok
      store page=0 word=scratch value=20 => ok
      store page=2 word=scratch value=21 => ok
      mremap page=0 npages=1 new_npages=1 mode=dontunmap new_page=10 => ok
      mremap page=2 npages=1 new_npages=1 mode=dontunmap new_page=12 => ok
      load page=0 word=scratch => ok 0
      load page=10 word=scratch => ok 20
      load page=2 word=scratch => ok 21
      load page=12 word=scratch => ok 21
      store page=12 word=scratch value=22 => ok
      load page=2 word=scratch => ok 22
      mmap fd=-1 page=20 npages=1 prot=read+write => ok
      store page=20 word=scratch value=23 => ok
      load page=2 word=scratch => ok 22
      munmap page=2 npages=1 => ok
      mmap fd=-1 page=21 npages=1 prot=read+write => ok
      load page=12 word=scratch => ok 22`);
  });

  it('shows shared memory twice, and private memory never', () => {
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read+write => ok
      mmap fd=-1 page=4 npages=1 prot=read+write flags=private => ok
      store page=1 word=scratch value=20 => ok
      mremap page=1 npages=0 new_npages=2 mode=fixed new_page=10 => ok
      load page=10 word=scratch => ok 20
      load page=11 word=scratch => SIGBUS
      mmap fd=-1 page=24 npages=1 prot=read => ok
      load page=10 word=scratch => ok 20
      status => ok 0 0
      mremap page=0 npages=0 new_npages=2 mode=fixed new_page=20 => ok
      load page=21 word=scratch => ok 20
      munmap page=20 npages=2 => ok
      mmap fd=-1 page=20 npages=2 prot=read => ok
      load page=10 word=scratch => ok 20
      mremap page=4 npages=0 new_npages=1 mode=fixed new_page=10 => EINVAL
      munmap page=0 npages=2 => ok
      load page=10 word=scratch => ok 20
      mremap page=11 npages=0 new_npages=1 mode=fixed new_page=11 => EFAULT
      madvise page=10 npages=1 advice=REMOVE => ok
      load page=10 word=scratch => ok 0`);
    follow(
      `
      mmap fd=-1 page=4 npages=1 prot=read+write flags=private => ok
      mremap page=4 npages=0 new_npages=1 mode=fixed new_page=10 => EINVAL`,
      OLD,
    );
  });

  it('grows past RLIMIT_MEMLOCK where it is not locked', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read => ok
      mremap page=0 npages=1 new_npages=8 mode=none => ok
      mremap page=0 npages=1 new_npages=9 mode=fixed new_page=12 => ok`);
  });

  it('counts locked memory', () => {
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read+write flags=locked => ok
      mremap page=0 npages=2 new_npages=3 mode=none => ok
      status => ok 0 3
      mremap page=0 npages=3 new_npages=8 mode=none => EAGAIN
      mremap page=0 npages=0 new_npages=2 mode=fixed new_page=10 => ok
      status => ok 0 5
      mremap page=0 npages=3 new_npages=3 mode=fixed new_page=20 => ok
      status => ok 0 5
      mremap page=20 npages=3 new_npages=3 mode=dontunmap new_page=0 => ok
      status => ok 0 5
      maps => ok 0-2: anon r w sh lo | 10-11: anon r w sh lo | 20-22: anon r w sh
      munmap page=0 npages=12 => ok
      status => ok 0 0`);
  });

  it('crosses no boundary that is certain, and may cross one that may not be there', () => {
    const two = (second: string): string => `
      mmap fd=-1 page=0 npages=2 prot=read+write flags=private => ok
      mmap fd=-1 page=2 npages=2 ${second} => ok
      mremap page=1 npages=2 new_npages=3 mode=fixed new_page=10`;
    expect(verdict(`${two('prot=read flags=private')} => EFAULT`)).toBe(ACCEPTED);
    expect(verdict(`${two('prot=read flags=private')} => ok`)).toBe(REJECTED);
    expect(verdict(`${two('prot=read+write')} => ok`)).toBe(REJECTED);
    const alike = two('prot=read+write flags=private');
    expect(verdict(`${alike} => EFAULT`)).toBe(ACCEPTED);
    expect(verdict(`${alike} => ok`)).toBe(ACCEPTED);
    expect(verdict(`${alike} => EINVAL`)).toBe(REJECTED);
    const one = `
      mmap fd=-1 page=0 npages=4 prot=read+write => ok
      mremap page=1 npages=2 new_npages=3 mode=fixed new_page=10`;
    expect(verdict(`${one} => EFAULT`)).toBe(REJECTED);
    const cut = (how: string): string => `
      mmap fd=-1 page=0 npages=4 prot=read+write => ok
      ${how} => ok
      mremap page=0 npages=3 new_npages=4 mode=fixed new_page=10`;
    expect(verdict(`${cut('mlock page=2 npages=1')} => ok`)).toBe(REJECTED);
    expect(verdict(`${cut('mremap page=0 npages=0 new_npages=2 mode=fixed new_page=2')} => ok`)).toBe(
      REJECTED,
    );
    const locks = `
      mmap fd=-1 page=0 npages=4 prot=read+write flags=private => ok
      mlock page=0 npages=2 => ok
      mlock page=2 npages=2 flags=onfault => ok
      mremap page=0 npages=3 new_npages=4 mode=fixed new_page=10`;
    expect(verdict(`${locks} => ok`)).toBe(REJECTED);
  });

  it('is followed where merging decides nothing about the new place', () => {
    follow(`
      open fd=0 => ok
      mmap fd=-1 page=0 npages=6 prot=read flags=private => ok
      mmap fd=0 page=10 npages=2 prot=read => ok
      mremap page=1 npages=2 new_npages=2 mode=fixed new_page=10 => ok
      maps => ok 0: anon r | 3-5: anon r | 10-11: anon r`);
    const beyond = (page: number): string => `
      open fd=0 => ok
      mmap fd=0 page=${page} npages=2 prot=read => ok
      mmap fd=-1 page=4 npages=1 prot=read flags=private => ok
      mmap fd=-1 page=5 npages=1 prot=read flags=private => ok
      mremap page=4 npages=2 new_npages=2 mode=fixed new_page=10 => ok
      maps => ok 10-11: anon r | ${page}-${page + 1}: perf r sh dc de dd io pf first rss=0`;
    follow(beyond(12));
    follow(beyond(14));
    follow(`
      open fd=0 => ok
      mmap fd=0 page=18 npages=3 prot=read => ok
      mmap fd=-1 page=4 npages=1 prot=read flags=private => ok
      mremap page=4 npages=1 new_npages=1 mode=fixed new_page=10 => ok`);
  });

  it('unlocks what was at the new place', () => {
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read flags=private => ok
      mmap fd=-1 page=10 npages=2 prot=read flags=locked => ok
      mremap page=0 npages=2 new_npages=2 mode=fixed new_page=10 => ok
      status => ok 0 0`);
  });

  it.each([OLD, {}])('moves nothing when the rest of it cannot be unmapped', (setting) => {
    const old = setting === OLD;
    follow(
      `
      open fd=0 => ok
      mmap fd=-1 page=0 npages=2 prot=read flags=private => ok
      mmap fd=0 page=2 npages=3 prot=read => ok
      mremap page=0 npages=4 new_npages=2 mode=fixed new_page=10 => EINVAL
      maps => ok 0-1: anon r | 2-4: perf r sh dc de dd ${flags(old)}first rss=0`,
      setting,
    );
  });

  it('is not followed where merging decides what the new place loses', () => {
    const story = `
      open fd=0 => ok
      mmap fd=0 page=10 npages=2 prot=read => ok
      mmap fd=-1 page=0 npages=1 prot=read flags=private => ok
      mmap fd=-1 page=1 npages=1 prot=read flags=private => ok
      mremap page=0 npages=2 new_npages=2 mode=fixed new_page=10`;
    expect(verdict(`${story} => ok`)).toBe(OUT_OF_SCOPE);
    expect(verdict(`${story} => EINVAL`)).toBe(OUT_OF_SCOPE);
  });
});
