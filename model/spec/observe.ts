import { ARENA_PAGES } from '../alphabet/bounds.js';
import {
  ANY,
  OBS_VIEW,
  OK,
  UNLIMITED,
  VIEW_FIRST,
  VIEW_IO,
  VIEW_KIND,
  VIEW_PERF,
  VIEW_PF,
  VIEW_RSS_SHIFT,
} from '../alphabet/observations.js';
import { unlimited } from './charge.js';
import { RULE } from './rules.js';
import { FUTURE_NONE, GIFT, type State, side } from './state.js';
import { VP } from './variation-points.js';

/** The view of `maps`, as /proc/PID/smaps shows the arena. */
export function writeMaps(s: State, p: number, obs: Int32Array): void {
  const first = p * ARENA_PAGES;
  for (let i = 0; i < ARENA_PAGES; i++) {
    const view = s.cellView[first + i];
    obs[OBS_VIEW + i] = (view & VIEW_KIND) === VIEW_PERF ? view | shownOfPerf(s, first + i, view) : view;
  }
}

/** What the mechanism adds to a perf page: flags, and on a mapping's first page its Rss. */
function shownOfPerf(s: State, cell: number, view: number): number {
  const flags = side(s, VP.pfnmapFlags) ? VIEW_IO | VIEW_PF : 0;
  if ((view & VIEW_FIRST) === 0) return flags;
  return flags | (residentPages(s, s.cellMap[cell]) << VIEW_RSS_SHIFT);
}

/** Rss of a perf mapping in pages: those touched, or none where all are mapped in advance (without a struct page behind them). */
function residentPages(s: State, m: number): number {
  if (side(s, VP.notResident)) return 0;
  let bits = s.mapTouched[m];
  let count = 0;
  for (; bits !== 0; bits &= bits - 1) count++;
  return count;
}

export function maps(s: State): number {
  s.rule = RULE.maps;
  return OK;
}

export function status(s: State): number {
  s.rule = RULE.status;
  return OK;
}

/** The view of `status`: VmPin, VmLck. */
export function writeStatus(s: State, p: number, obs: Int32Array): void {
  obs[OBS_VIEW] = s.procPinned[p];
  obs[OBS_VIEW + 1] = s.procLockedAll[p] !== 0 ? ANY : s.procLocked[p];
}

/** What is left of the user's gift, and of RLIMIT_MEMLOCK for the memory. */
export function headroom(s: State, p: number): number {
  s.rule = RULE.headroom;
  if (unlimited(s, p)) {
    s.value = UNLIMITED;
    return OK;
  }
  if (s.procFuture[p] !== FUTURE_NONE || s.procPinned[p] < 0) {
    s.value = ANY;
    return OK;
  }
  const gift = s.scalar[GIFT] - s.userUsed[s.procUser[p]];
  const limit = s.procRlimit[p] - s.procPinned[p];
  s.value = limit < 0 ? 0 : limit + (gift > 0 ? gift : 0);
  return OK;
}
