import { describe, expect, it } from 'vitest';
import { ADVICE } from '#model/alphabet/operands';
import { BEFORE, follow, OUT_OF_SCOPE, REJECTED, verdict } from './story.js';

const PERF = `
  open fd=0 => ok
  mmap fd=0 page=2 npages=3 prot=read+write => ok`;

/** What each advice for a whole perf mapping gives, before and after the change. */
const WHOLE: Readonly<Record<string, readonly [before: string, after: string]>> = {
  NORMAL: ['ok', 'ok'],
  RANDOM: ['ok', 'ok'],
  SEQUENTIAL: ['ok', 'ok'],
  WILLNEED: ['ok', 'ok'],
  DONTNEED: ['ok', 'EINVAL'],
  FREE: ['EINVAL', 'EINVAL'],
  REMOVE: ['ENODEV', 'ENODEV'],
  DONTFORK: ['ok', 'ok'],
  DOFORK: ['ok', 'EINVAL'],
  MERGEABLE: ['ok', 'ok'],
  UNMERGEABLE: ['ok', 'ok'],
  HUGEPAGE: ['ok', 'ok'],
  NOHUGEPAGE: ['ok', 'ok'],
  DONTDUMP: ['ok', 'ok'],
  DODUMP: ['EINVAL', 'EINVAL'],
  WIPEONFORK: ['EINVAL', 'EINVAL'],
  KEEPONFORK: ['ok', 'ok'],
  COLD: ['ok', 'EINVAL'],
  PAGEOUT: ['ok', 'EINVAL'],
  POPULATE_READ: ['ok', 'EINVAL'],
  POPULATE_WRITE: ['EFAULT', 'EINVAL'],
  DONTNEED_LOCKED: ['ok', 'EINVAL'],
  COLLAPSE: ['EINVAL', 'EINVAL'],
  HWPOISON: ['EINVAL', 'EINVAL'],
  SOFT_OFFLINE: ['EINVAL', 'EINVAL'],
  GUARD_INSTALL: ['EINVAL', 'EINVAL'],
  GUARD_REMOVE: ['EINVAL', 'EINVAL'],
  unknown: ['EINVAL', 'EINVAL'],
};

describe('madvise of a whole perf mapping', () => {
  it('is said for every advice of the alphabet', () => {
    expect(Object.keys(WHOLE)).toEqual(ADVICE.names);
  });

  it.each(Object.entries(WHOLE))('%s', (advice, [before, after]) => {
    follow(
      `${PERF}
      madvise page=2 npages=3 advice=${advice} => ${before}`,
      { flavour: BEFORE },
    );
    follow(`${PERF}
      madvise page=2 npages=3 advice=${advice} => ${after}`);
  });

  it('shows in VmFlags', () => {
    const shown = (advices: string[], flags: string): void => {
      follow(`${PERF}
        ${advices.map((advice) => `madvise page=2 npages=3 advice=${advice} => ok`).join('\n')}
        maps => ok 2-4: perf r w sh dc de dd io pf ${flags}first rss=0`);
    };
    shown(['RANDOM'], 'rr ');
    shown(['RANDOM', 'SEQUENTIAL'], 'sr ');
    shown(['SEQUENTIAL', 'NORMAL'], '');
    shown(['HUGEPAGE'], 'hg ');
    shown(['HUGEPAGE', 'NOHUGEPAGE'], 'nh ');
    shown(['MERGEABLE'], '');
  });
});

describe('madvise of a part of a perf mapping', () => {
  it('is EINVAL where flags would change, and else as for the whole', () => {
    follow(`${PERF}
      madvise page=3 npages=1 advice=RANDOM => EINVAL
      madvise page=2 npages=2 advice=HUGEPAGE => EINVAL
      madvise page=3 npages=2 advice=NORMAL => ok
      madvise page=3 npages=2 advice=DONTFORK => ok
      madvise page=3 npages=2 advice=WILLNEED => ok
      madvise page=3 npages=2 advice=REMOVE => ENODEV`);
  });

  it('drops just those pages, where they can be dropped', () => {
    follow(
      `${PERF}
      store page=2 word=scratch value=20 => ok
      load page=3 word=first => ok 0
      load page=4 word=first => ok 0
      madvise page=3 npages=1 advice=DONTNEED => ok
      maps => ok 2-4: perf r w sh dc de dd first rss=2
      madvise page=2 npages=3 advice=DONTNEED_LOCKED => ok
      maps => ok 2-4: perf r w sh dc de dd first rss=0
      load page=2 word=scratch => ok 20`,
      { flavour: BEFORE },
    );
  });
});

describe('madvise over several mappings', () => {
  it('keeps what was done to the lower ones, and passes over holes with ENOMEM in the end', () => {
    follow(`${PERF}
      mmap fd=-1 page=0 npages=1 prot=read+write flags=private => ok
      mmap fd=-1 page=5 npages=1 prot=read+write flags=private => ok
      madvise page=0 npages=6 advice=RANDOM => ENOMEM
      maps => ok 0: anon r w rr | 2-4: perf r w sh dc de dd io pf rr first rss=0 | 5: anon r w rr
      madvise page=0 npages=4 advice=SEQUENTIAL => EINVAL
      maps => ok 0: anon r w sr | 2-4: perf r w sh dc de dd io pf rr first rss=0 | 5: anon r w rr
      madvise page=6 npages=2 advice=NORMAL => ENOMEM
      madvise page=6 npages=0 advice=NORMAL => ok
      madvise page=6 npages=0 advice=unknown => EINVAL
      madvise page=28 npages=8 advice=NORMAL => SKIP`);
  });

  it('populates from the lowest page up', () => {
    const story = `${PERF}
      mmap fd=-1 page=0 npages=1 prot=read+write flags=private => ok
      mmap fd=-1 page=1 npages=1 prot=write flags=private => ok
      mmap fd=-1 page=5 npages=1 prot=read => ok
      madvise page=0 npages=1 advice=POPULATE_READ => ok
      madvise page=0 npages=2 advice=POPULATE_READ => EINVAL
      madvise page=0 npages=2 advice=POPULATE_WRITE => ok
      madvise page=5 npages=1 advice=POPULATE_WRITE => EINVAL
      madvise page=5 npages=2 advice=POPULATE_READ => ENOMEM
      mremap page=5 npages=1 new_npages=2 mode=none => ok
      madvise page=5 npages=2 advice=POPULATE_READ => EFAULT`;
    follow(story);
    follow(
      `${story}
      madvise page=2 npages=2 advice=POPULATE_READ => ok
      maps => ok 0: anon r w | 1: anon w | 2-4: perf r w sh dc de dd first rss=2 | 5-6: anon r sh
      madvise page=2 npages=3 advice=POPULATE_WRITE => EFAULT`,
      { flavour: BEFORE },
    );
  });

  it('that populates passes over holes on older kernels', () => {
    follow(
      `${PERF}
      madvise page=1 npages=4 advice=POPULATE_READ => ENOMEM
      maps => ok 2-4: perf r w sh dc de dd first rss=3
      madvise page=1 npages=4 advice=POPULATE_WRITE => EFAULT`,
      { flavour: 0 },
    );
  });
});

describe('madvise of anonymous memory', () => {
  const ANON = `
    mmap fd=-1 page=0 npages=1 prot=read+write flags=private => ok
    mmap fd=-1 page=1 npages=1 prot=read+write => ok
    store page=0 word=scratch value=20 => ok
    store page=1 word=scratch value=21 => ok`;

  it('forgets private pages and not shared ones', () => {
    follow(`${ANON}
      madvise page=0 npages=2 advice=DONTNEED => ok
      load page=0 word=scratch => ok 0
      load page=1 word=scratch => ok 21
      store page=0 word=scratch value=20 => ok
      madvise page=0 npages=2 advice=DONTNEED_LOCKED => ok
      load page=0 word=scratch => ok 0
      load page=1 word=scratch => ok 21
      madvise page=1 npages=1 advice=REMOVE => ok
      load page=1 word=scratch => ok 0
      madvise page=0 npages=1 advice=REMOVE => EINVAL`);
  });

  it('leaves open what is in pages that are free to be taken', () => {
    follow(`${ANON}
      madvise page=0 npages=1 advice=FREE => ok
      load page=0 word=scratch => ok any
      load page=0 word=aux_size => ok 0
      store page=0 word=scratch value=22 => ok
      load page=0 word=scratch => ok 22
      madvise page=1 npages=1 advice=FREE => EINVAL`);
  });

  it('forgets all of those pages, and nothing of their neighbours', () => {
    follow(`
      mmap fd=-1 page=1 npages=3 prot=read+write flags=private => ok
      store page=1 word=data_offset value=20 => ok
      store page=2 word=scratch value=21 => ok
      store page=2 word=aux_offset value=22 => ok
      store page=2 word=data_offset value=23 => ok
      store page=3 word=scratch value=24 => ok
      madvise page=2 npages=1 advice=FREE => ok
      load page=2 word=scratch => ok any
      load page=2 word=aux_offset => ok any
      load page=2 word=data_offset => ok any
      madvise page=2 npages=1 advice=DONTNEED => ok
      load page=2 word=scratch => ok 0
      load page=2 word=aux_offset => ok 0
      load page=2 word=data_offset => ok 0
      load page=1 word=data_offset => ok 20
      load page=3 word=scratch => ok 24`);
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read+write => ok
      mmap fd=-1 page=2 npages=3 prot=read+write => ok
      store page=0 word=scratch value=20 => ok
      store page=0 word=aux_offset value=21 => ok
      store page=2 word=data_offset value=22 => ok
      store page=3 word=scratch value=23 => ok
      store page=3 word=data_offset value=24 => ok
      store page=4 word=scratch value=25 => ok
      madvise page=3 npages=1 advice=REMOVE => ok
      load page=3 word=scratch => ok 0
      load page=3 word=data_offset => ok 0
      load page=2 word=data_offset => ok 22
      load page=4 word=scratch => ok 25
      mremap page=2 npages=3 new_npages=4 mode=none => ok
      madvise page=5 npages=1 advice=REMOVE => ok
      load page=0 word=scratch => ok 20
      load page=0 word=aux_offset => ok 21`);
  });

  it('reaches the end of the arena', () => {
    follow(`
      mmap fd=-1 page=28 npages=4 prot=read flags=private => ok
      madvise page=28 npages=4 advice=RANDOM => ok
      maps => ok 28-31: anon r rr`);
  });

  it('is refused for locked pages where it would take them', () => {
    follow(`${ANON}
      mlock page=0 npages=2 => ok
      madvise page=0 npages=1 advice=DONTNEED => EINVAL
      madvise page=0 npages=1 advice=FREE => EINVAL
      madvise page=1 npages=1 advice=REMOVE => EINVAL
      madvise page=0 npages=1 advice=COLD => EINVAL
      madvise page=0 npages=1 advice=PAGEOUT => EINVAL
      madvise page=0 npages=1 advice=GUARD_INSTALL => EINVAL
      madvise page=0 npages=1 advice=WILLNEED => ok
      munlock page=0 npages=2 => ok
      madvise page=0 npages=2 advice=COLD => ok
      madvise page=0 npages=2 advice=PAGEOUT => ok
      load page=0 word=scratch => ok 20`);
  });

  it('shows in VmFlags', () => {
    follow(`${ANON}
      madvise page=0 npages=2 advice=MERGEABLE => ok
      madvise page=0 npages=2 advice=HUGEPAGE => ok
      madvise page=0 npages=2 advice=DONTDUMP => ok
      madvise page=0 npages=1 advice=WIPEONFORK => ok
      madvise page=1 npages=1 advice=WIPEONFORK => EINVAL
      maps => ok 0: anon r w mg hg dd wf | 1: anon r w sh hg dd
      madvise page=0 npages=2 advice=UNMERGEABLE => ok
      madvise page=0 npages=2 advice=DODUMP => ok
      madvise page=0 npages=2 advice=KEEPONFORK => ok
      madvise page=0 npages=2 advice=NOHUGEPAGE => ok
      madvise page=0 npages=2 advice=DONTFORK => ok
      maps => ok 0: anon r w nh dc | 1: anon r w sh nh dc
      madvise page=0 npages=2 advice=DOFORK => ok
      madvise page=0 npages=2 advice=COLLAPSE => EINVAL
      maps => ok 0: anon r w nh | 1: anon r w sh nh`);
  });

  it('cannot be followed once guard pages are in it', () => {
    const guarded = `${ANON}
      madvise page=0 npages=1 advice=GUARD_REMOVE => ok
      madvise page=0 npages=1 advice=GUARD_INSTALL`;
    expect(verdict(`${guarded} => ok`)).toBe(OUT_OF_SCOPE);
    expect(
      verdict(
        `${ANON}
      madvise page=0 npages=1 advice=GUARD_REMOVE => EINVAL
      madvise page=0 npages=1 advice=GUARD_INSTALL => ok`,
        { flavour: 0 },
      ),
    ).toBe(REJECTED);
  });
});
