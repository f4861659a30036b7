import { describe, expect, it } from 'vitest';
import * as o from '#model/alphabet/observations';
import { pageText, viewLines } from '#reports/terminal/view';
import { VIEW } from '../examples.js';

const lines = (...words: number[]): string[] => viewLines(Int32Array.from(words));
const anon = o.VIEW_ANON | o.VIEW_R;
const perf = (pgoff: number): number =>
  o.VIEW_PERF | o.VIEW_R | o.VIEW_SHARED | (pgoff << o.VIEW_PGOFF_SHIFT);

describe('a view of the address space', () => {
  it('is one line a mapping', () => {
    expect(viewLines(VIEW.subarray(o.OBS_VIEW))).toEqual([
      'pages 4-6   perf rw-s pgoff 0, VmFlags dd io, Rss 0',
      'page 18     anon rw-p',
    ]);
  });

  it('says when there is none', () => {
    expect(lines(0, 0, 0)).toEqual(['nothing mapped']);
  });

  it('parts perf mappings at their first pages and where pgoff jumps', () => {
    expect(lines(perf(0) | o.VIEW_FIRST, perf(1), perf(0) | o.VIEW_FIRST, perf(3))).toEqual([
      'pages 0-1   perf r--s pgoff 0, Rss 0',
      'page 2      perf r--s pgoff 0, Rss 0',
      'page 3      perf r--s pgoff 3',
    ]);
  });

  it('parts anonymous pages by what they show, up to the last page', () => {
    expect(lines(anon, anon, anon | o.VIEW_LO, o.ANY, o.ANY)).toEqual([
      'pages 0-1   anon r--p',
      'page 2      anon r--p, VmFlags lo',
      'pages 3-4   not looked at',
    ]);
  });

  it('shows every flag and the Rss', () => {
    const all = perf(2) | o.VIEW_W | o.VIEW_X | o.VIEW_FIRST | (0x3ffff & ~0x3f) | (9 << o.VIEW_RSS_SHIFT);
    expect(pageText(all)).toBe('perf rwxs pgoff 2, VmFlags lo dc de dd io pf rr sr hg nh mg wf, Rss 9');
    expect(pageText(0)).toBe('nothing');
  });
});
