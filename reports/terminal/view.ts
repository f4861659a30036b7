import * as o from '../../model/alphabet/observations.js';

const KIND = ['nothing', 'anon', 'perf', '?'];

const bit = (word: number, mask: number, name: string): string => ((word & mask) === 0 ? '-' : name);
const pgoff = (word: number): number => (word >>> o.VIEW_PGOFF_SHIFT) & o.VIEW_PGOFF_MASK;
const isPerf = (word: number): boolean => (word & o.VIEW_KIND) === o.VIEW_PERF;
const isFirst = (word: number): boolean => (word & o.VIEW_FIRST) !== 0;

/** A page that is mapped, as /proc shows it. */
export interface PageView {
  readonly perf: boolean;
  /** `r--s`, as /proc/PID/maps writes them. */
  readonly permissions: string;
  /** Page of the buffer; 0 for anonymous memory. */
  readonly pgoff: number;
  /** Those of VmFlags that are looked at. */
  readonly flags: readonly string[];
  /** Resident pages of the mapping that begins here, if it is perf's. */
  readonly rss?: number;
}

/** The parts of a word of the `maps` view that shows a mapping. */
export function pageView(word: number): PageView {
  const permissions =
    bit(word, o.VIEW_R, 'r') +
    bit(word, o.VIEW_W, 'w') +
    bit(word, o.VIEW_X, 'x') +
    ((word & o.VIEW_SHARED) === 0 ? 'p' : 's');
  const flags = o.VM_FLAGS.filter(([, mask]) => (word & mask) !== 0).map(([name]) => name);
  const perf = isPerf(word);
  const rss = perf && isFirst(word) ? { rss: (word >>> o.VIEW_RSS_SHIFT) & o.VIEW_RSS_MASK } : {};
  return { perf, permissions, pgoff: perf ? pgoff(word) : 0, flags, ...rss };
}

/** A page of the `maps` view as /proc writes it: `perf rw-s pgoff 0, VmFlags io dd pf, Rss 0`. */
export function pageText(word: number): string {
  if (word === o.ANY) return 'not looked at';
  if ((word & o.VIEW_KIND) === o.VIEW_NONE) return 'nothing';
  const { perf, permissions, flags, rss } = pageView(word);
  const about = [`${KIND[word & o.VIEW_KIND]} ${permissions}`];
  if (perf) about[0] += ` pgoff ${pgoff(word)}`;
  if (flags.length > 0) about.push(`VmFlags ${flags.join(' ')}`);
  if (rss !== undefined) about.push(`Rss ${rss}`);
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

/** Pages that a `maps` view shows as one: of each range the first and the last page. */
export function viewRanges(view: Int32Array): { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  let from = 0;
  for (let page = 1; page <= view.length; page++) {
    if (page < view.length && continues(view[page - 1], view[page])) continue;
    ranges.push({ from, to: page - 1 });
    from = page;
  }
  return ranges;
}

/** The mappings that a `maps` view shows, one line a range. */
export function viewLines(view: Int32Array): string[] {
  const lines = viewRanges(view)
    .filter(({ from }) => view[from] !== o.VIEW_NONE)
    .map(({ from, to }) => `${rangeText(from, to)}${pageText(view[from])}`);
  return lines.length === 0 ? ['nothing mapped'] : lines;
}
