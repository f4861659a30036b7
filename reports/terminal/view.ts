import * as o from '../../model/alphabet/observations.js';

const KIND = ['nothing', 'anon', 'perf', '?'];

const bit = (word: number, mask: number, name: string): string => ((word & mask) === 0 ? '-' : name);
const pgoff = (word: number): number => (word >>> o.VIEW_PGOFF_SHIFT) & o.VIEW_PGOFF_MASK;
const isPerf = (word: number): boolean => (word & o.VIEW_KIND) === o.VIEW_PERF;
const isFirst = (word: number): boolean => (word & o.VIEW_FIRST) !== 0;

/** A page of the `maps` view as /proc writes it: `perf rw-s pgoff 0, VmFlags io dd pf, Rss 0`. */
export function pageText(word: number): string {
  if (word === o.ANY) return 'not looked at';
  if ((word & o.VIEW_KIND) === o.VIEW_NONE) return 'nothing';
  const permissions =
    bit(word, o.VIEW_R, 'r') +
    bit(word, o.VIEW_W, 'w') +
    bit(word, o.VIEW_X, 'x') +
    ((word & o.VIEW_SHARED) === 0 ? 'p' : 's');
  const flags = o.VM_FLAGS.filter(([, mask]) => (word & mask) !== 0).map(([name]) => name);
  const about = [`${KIND[word & o.VIEW_KIND]} ${permissions}`];
  if (isPerf(word)) about[0] += ` pgoff ${pgoff(word)}`;
  if (flags.length > 0) about.push(`VmFlags ${flags.join(' ')}`);
  if (isPerf(word) && isFirst(word)) about.push(`Rss ${(word >>> o.VIEW_RSS_SHIFT) & o.VIEW_RSS_MASK}`);
  return about.join(', ');
}

/** What neighbours must have in common to be shown as one range; the first page of a VMA starts a range. */
function continues(before: number, word: number): boolean {
  if (before === o.ANY || word === o.ANY) return before === word;
  const low = (1 << o.VIEW_PGOFF_SHIFT) - 1;
  const same = (before & low & ~o.VIEW_FIRST) === (word & low & ~o.VIEW_FIRST);
  return same && (!isPerf(word) || (!isFirst(word) && pgoff(word) === pgoff(before) + 1));
}

/** Pages `from` to `to` in words, in a column of fixed width. */
export function rangeText(from: number, to: number): string {
  return (from === to ? `page ${from}` : `pages ${from}-${to}`).padEnd(12);
}

/** The mappings that a `maps` view shows, one line a range. */
export function viewLines(view: Int32Array): string[] {
  const lines: string[] = [];
  let from = 0;
  for (let page = 1; page <= view.length; page++) {
    if (page < view.length && continues(view[page - 1], view[page])) continue;
    if (view[from] !== o.VIEW_NONE) lines.push(`${rangeText(from, page - 1)}${pageText(view[from])}`);
    from = page;
  }
  return lines.length === 0 ? ['nothing mapped'] : lines;
}
