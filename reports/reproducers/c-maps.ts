import * as o from '../../model/alphabet/observations.js';
import { pageView, viewRanges } from '../terminal/view.js';

/** Pages that are alike, as a row of the table. */
function row(from: number, to: number, word: number): string {
  if (word === o.ANY) return `\t\t\t{ ${from}, ${to}, ANYTHING, "", 0, "", NOT_FIRST },`;
  const { perf, permissions, pgoff, flags, rss } = pageView(word);
  return `\t\t\t{ ${from}, ${to}, ${perf ? 'PERF' : 'ANONYMOUS'}, "${permissions}", ${pgoff}, "${flags.join(' ')}", ${rss ?? 'NOT_FIRST'} },`;
}

/** The check of a `maps` view: what smaps must show of the arena. */
export function mapsTable(obs: Int32Array): string[] {
  const view = obs.subarray(o.OBS_VIEW);
  const rows = viewRanges(view)
    .filter(({ from }) => view[from] !== o.VIEW_NONE)
    .map(({ from, to }) => row(from, to, view[from]));
  if (rows.length === 0) return ['\t\texpect_maps(NULL, 0);'];
  return [
    '\t\tstatic const struct area areas[] = {',
    ...rows,
    '\t\t};',
    '',
    `\t\texpect_maps(areas, ${rows.length});`,
  ];
}
