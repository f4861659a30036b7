import { ARENA_PAGES } from '../alphabet/bounds.js';
import {
  VIEW_DC,
  VIEW_DD,
  VIEW_DE,
  VIEW_FIRST,
  VIEW_NONE,
  VIEW_PERF,
  VIEW_PGOFF_SHIFT,
  VIEW_SHARED,
} from '../alphabet/observations.js';
import { refund } from './charge.js';
import { dropEvent } from './events.js';
import { FINDING } from './findings.js';
import { EVENTS, freeRow, NONE, type State, side } from './state.js';

/** VmFlags of every perf mapping. */
const PERF_FLAGS = VIEW_PERF | VIEW_SHARED | VIEW_DC | VIEW_DE | VIEW_DD;

/** Word of a new perf mapping's pages with these permissions (bits of VIEW_R, VIEW_W, VIEW_X). */
export function perfView(permissions: number): number {
  return PERF_FLAGS | permissions;
}

/**
 * Enter a perf mapping: the event and its buffer are kept by it from here on.
 * @param view word of its pages, without first-page and pgoff bits
 * @returns its row, or -1 when the table is full
 */
export function addMapping(
  s: State,
  p: number,
  page: number,
  pages: number,
  pgoff: number,
  e: number,
  view: number,
): number {
  const m = freeRow(s.mapPages);
  if (m === NONE) return NONE;
  s.mapPages[m] = pages;
  s.mapProc[m] = p;
  s.mapPgoff[m] = pgoff;
  s.mapEvent[m] = e;
  s.mapTouched[m] = 0;
  s.eventRefs[e]++;
  s.eventMappings[e]++;
  s.bufferMappings[s.eventBuffer[e]]++;
  placeMapping(s, m, page, view);
  return m;
}

/** Let the mapping's pages show at this place. */
export function placeMapping(s: State, m: number, page: number, view: number): void {
  const first = s.mapProc[m] * ARENA_PAGES + page;
  s.mapFirst[m] = page;
  for (let i = 0; i < s.mapPages[m]; i++) {
    s.cellView[first + i] = view | ((s.mapPgoff[m] + i) << VIEW_PGOFF_SHIFT) | (i === 0 ? VIEW_FIRST : 0);
    s.cellMap[first + i] = m;
    s.cellMark[first + i] = 0;
  }
}

/** Let the mapping's pages show nothing. */
export function liftMapping(s: State, m: number): void {
  const first = s.mapProc[m] * ARENA_PAGES + s.mapFirst[m];
  for (let i = 0; i < s.mapPages[m]; i++) {
    s.cellView[first + i] = VIEW_NONE;
    s.cellMap[first + i] = NONE;
  }
}

/** Who gets the AUX area's share of the gift back. */
function auxPayer(s: State, b: number): number {
  const payer = s.auxUser[b];
  return payer !== s.bufferUser[b] && side(s, FINDING.auxRefundsOther) ? s.bufferUser[b] : payer;
}

/**
 * A perf mapping goes. The last one of an event takes the event off its buffer; the last one of a buffer
 * takes every event off it and gives back what was charged.
 */
export function dropMapping(s: State, m: number): void {
  const e = s.mapEvent[m];
  const b = s.eventBuffer[e];
  const p = s.mapProc[m];
  liftMapping(s, m);
  s.mapPages[m] = 0;
  if (s.auxPages[b] !== 0 && s.mapPgoff[m] === s.auxPgoff[b] && --s.auxMappings[b] === 0) {
    s.auxPages[b] = 0;
    refund(s, auxPayer(s, b), s.auxMemory[b], s.auxFromGift[b], s.auxPinned[b], p);
  }
  if (--s.eventMappings[e] === 0) s.eventBuffer[e] = NONE;
  if (--s.bufferMappings[b] === 0) {
    for (let i = 0; i < EVENTS; i++) if (s.eventBuffer[i] === b) s.eventBuffer[i] = NONE;
    refund(s, s.bufferUser[b], s.bufferMemory[b], s.bufferFromGift[b], s.bufferPinned[b], p);
  }
  dropEvent(s, e);
}

/**
 * Change flags of a perf mapping, of which the operation names the pages from `from` up to `end`. A change
 * of a part is refused, because a perf mapping may not be split; a part that already has the flags is not a change.
 * @returns whether it was allowed
 */
export function changePerf(
  s: State,
  m: number,
  from: number,
  end: number,
  clear: number,
  set: number,
): boolean {
  const first = s.mapProc[m] * ARENA_PAGES + s.mapFirst[m];
  const view = s.cellView[first];
  if (((view & ~clear) | set) === view) return true;
  const pages = s.mapPages[m];
  if (from !== first || end < first + pages) return false;
  for (let c = first; c < first + pages; c++) s.cellView[c] = (s.cellView[c] & ~clear) | set;
  return true;
}
