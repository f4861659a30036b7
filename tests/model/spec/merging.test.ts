import { describe, expect, it } from 'vitest';
import { ACCEPTED, follow, REJECTED, verdict } from './story.js';

const ANON = 'mmap fd=-1 page=0 npages=6 prot=read+write flags=private => ok';

/** What a move across the boundary before `page` may show, after this story: pages move together only within one mapping. */
function across(story: string, page: number): { whole: boolean; cut: boolean } {
  const move = `${story}
    mremap page=${page - 1} npages=2 new_npages=3 mode=fixed new_page=20`;
  return { whole: verdict(`${move} => ok`) === ACCEPTED, cut: verdict(`${move} => EFAULT`) === ACCEPTED };
}

const ONE = { whole: true, cut: false };
const EITHER = { whole: true, cut: true };
const TWO = { whole: false, cut: true };

describe('whether anonymous pages are one mapping', () => {
  it('is sure where nothing touched their boundary', () => {
    for (const page of [1, 3, 5]) expect(across(ANON, page)).toEqual(ONE);
  });

  it('is open at both ends of a range that was changed and changed back', () => {
    const changes = [
      ['mprotect page=2 npages=2 prot=read => ok', 'mprotect page=2 npages=2 prot=read+write => ok'],
      ['mlock page=2 npages=2 => ok', 'munlock page=2 npages=2 => ok'],
      ['madvise page=2 npages=2 advice=RANDOM => ok', 'madvise page=2 npages=2 advice=NORMAL => ok'],
    ];
    for (const change of changes) {
      const story = [ANON, ...change].join('\n');
      expect(across(story, 2)).toEqual(EITHER);
      expect(across(story, 3)).toEqual(ONE);
      expect(across(story, 4)).toEqual(EITHER);
    }
  });

  it('is sure after an advice that changes no flags', () => {
    expect(
      across(
        `${ANON}
        madvise page=2 npages=2 advice=WILLNEED => ok`,
        2,
      ),
    ).toEqual(ONE);
  });

  it('is sure after what reaches no page', () => {
    for (const line of [
      'mprotect page=2 npages=0 prot=0',
      'mlock page=2 npages=0',
      'munlock page=2 npages=0',
    ])
      expect(across(`${ANON}\n${line} => ok`, 2), line).toEqual(ONE);
  });

  it('is sure below what is mapped, grown, moved or shown twice after them', () => {
    const others = [
      'mmap fd=-1 page=6 npages=3 prot=read => ok',
      `mmap fd=-1 page=6 npages=2 prot=read => ok
      mremap page=6 npages=2 new_npages=5 mode=none => ok`,
      `mmap fd=-1 page=12 npages=3 prot=read => ok
      mremap page=12 npages=3 new_npages=3 mode=fixed new_page=8 => ok`,
      `mmap fd=-1 page=8 npages=3 prot=read => ok
      mremap page=8 npages=3 new_npages=3 mode=fixed new_page=12 => ok`,
      `mmap fd=-1 page=12 npages=3 prot=read => ok
      mremap page=12 npages=0 new_npages=3 mode=fixed new_page=8 => ok`,
    ];
    for (const other of others)
      for (const page of [1, 3, 4, 5]) expect(across(`${ANON}\n${other}`, page), other).toEqual(ONE);
  });

  it('stays open when the upper one grows, or something comes after it', () => {
    const touched = `${ANON}
      mprotect page=5 npages=1 prot=read => ok
      mprotect page=5 npages=1 prot=read+write => ok`;
    const others = [
      'mremap page=5 npages=1 new_npages=3 mode=none => ok',
      `mmap fd=-1 page=12 npages=2 prot=read => ok
      mremap page=12 npages=0 new_npages=2 mode=fixed new_page=6 => ok`,
    ];
    for (const other of others) expect(across(`${touched}\n${other}`, 5), other).toEqual(EITHER);
  });

  it('is sure within the pages that shared memory grew by', () => {
    const grown = `mmap fd=-1 page=0 npages=2 prot=read+write => ok
      mremap page=0 npages=2 new_npages=6 mode=none => ok`;
    for (const page of [3, 4, 5]) expect(across(grown, page)).toEqual(ONE);
  });

  it('is no question where one is locked on fault and the other at once', () => {
    const beside = (all: string): string => `cap on=on => ok
      mmap fd=-1 page=0 npages=2 prot=read+write flags=private => ok
      mlockall flags=${all} => ok
      mmap fd=-1 page=2 npages=2 prot=read+write flags=private+locked => ok`;
    expect(across(beside('current+onfault'), 2)).toEqual(TWO);
    expect(across(beside('current'), 2)).toEqual(EITHER);
    const later = (all: string): string => `cap on=on => ok
      mmap fd=-1 page=0 npages=2 prot=read+write flags=private+locked => ok
      mlockall flags=${all} => ok
      mmap fd=-1 page=2 npages=2 prot=read+write flags=private => ok`;
    expect(across(later('future+onfault'), 2)).toEqual(TWO);
    expect(across(later('future'), 2)).toEqual(EITHER);
  });

  it('is open again when the lock has moved on', () => {
    const moved = `${ANON}
      mlock page=0 npages=2 flags=onfault => ok
      mremap page=0 npages=2 new_npages=2 mode=dontunmap new_page=10 => ok`;
    expect(across(moved, 1)).toEqual(ONE);
    expect(across(moved, 2)).toEqual(EITHER);
  });

  it('is as open in a child, and locks are no question there', () => {
    const inChild = (story: string): { whole: boolean; cut: boolean } => {
      const move = `${story}
        fork child=1 => ok
        p1 mremap page=1 npages=2 new_npages=3 mode=fixed new_page=20`;
      return { whole: verdict(`${move} => ok`) === ACCEPTED, cut: verdict(`${move} => EFAULT`) === ACCEPTED };
    };
    expect(inChild(ANON)).toEqual(ONE);
    expect(
      inChild(`${ANON}
        mprotect page=2 npages=1 prot=read => ok
        mprotect page=2 npages=1 prot=read+write => ok`),
    ).toEqual(EITHER);
    expect(
      inChild(`${ANON}
        mlock page=0 npages=2 flags=onfault => ok`),
    ).toEqual(EITHER);
  });

  it('is open where a refused mapping may have cut them', () => {
    expect(
      across(
        `${ANON}
        open fd=0 => ok
        mmap fd=0 page=6 npages=3 prot=read => ok
        mmap fd=-1 page=4 npages=3 prot=read => EINVAL`,
        4,
      ),
    ).toEqual(EITHER);
  });

  it('is not decided by a perf mapping that comes beside them', () => {
    expect(
      across(
        `${ANON}
        mprotect page=4 npages=1 prot=read => ok
        mprotect page=4 npages=1 prot=read+write => ok
        open fd=0 => ok
        mmap fd=0 page=6 npages=3 prot=read => ok`,
        4,
      ),
    ).toEqual(EITHER);
  });

  it('is no question for different shared memory, though its pages follow each other', () => {
    expect(
      across(
        `mmap fd=-1 page=0 npages=2 prot=read+write => ok
        mmap fd=-1 page=0 npages=1 prot=read+write => ok`,
        1,
      ),
    ).toEqual(TWO);
  });

  it('does not depend on the page after them', () => {
    follow(`${ANON}
      mlock page=0 npages=2 => ok
      mlock page=2 npages=1 flags=onfault => ok
      mremap page=0 npages=2 new_npages=3 mode=fixed new_page=20 => ok`);
  });
});

describe('shared anonymous memory', () => {
  it('is each its own, and can be mapped and unmapped for ever', () => {
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read+write => ok
      mmap fd=-1 page=2 npages=2 prot=read+write => ok
      store page=3 word=scratch value=20 => ok
      load page=3 word=scratch => ok 20
      load page=1 word=scratch => ok 0
      load page=2 word=scratch => ok 0`);
    follow(Array.from({ length: 20 }, () => 'mmap fd=-1 page=0 npages=2 prot=read => ok').join('\n'));
  });
});

it('a mapping is refused where it would cut, and rejected as done', () => {
  expect(
    verdict(`
      open fd=0 => ok
      mmap fd=0 page=2 npages=3 prot=read => ok
      mmap fd=-1 page=0 npages=3 prot=read => ok`),
  ).toBe(REJECTED);
});
