import { ARENA_PAGES, OBS_WIDTH } from './bounds.js';
import { OP } from './operations.js';

/**
 * An observation is `OBS_WIDTH` ints at most: status, value, then a view for the operations that have one.
 *
 * Status: 0 ok; negative: -errno; a fault: signal number << 8 | si_code; or one of the marks below.
 */
export const OK = 0;
/** si_signo 7, BUS_ADRERR. */
export const SIGBUS_ADRERR = 0x0702;
/** si_signo 11, SEGV_MAPERR. */
export const SEGV_MAPERR = 0x0b01;
/** si_signo 11, SEGV_ACCERR. */
export const SEGV_ACCERR = 0x0b02;
/** si_signo 11, SEGV_PKUERR: an execute-only page where the CPU has protection keys. */
export const SEGV_PKUERR = 0x0b04;

/** The operation names something that is not there (or a slot that is taken): nothing was done. */
export const SKIP = 0x10000;
/** This System cannot do or see this here (no AUX PMU, no privilege): nothing was done. */
export const UNOBSERVED = 0x10001;
/** A table of the model is full: the sequence ends here, without a verdict on what would follow. */
export const BOUND = 0x10002;
/** The operation did not terminate (a fault that retries for ever, a lock taken twice). */
export const HANG = 0x10003;

/** In the value or in a view: not looked at, equal to everything. */
export const ANY = 0x7fffffff;
/** The value of `headroom` for a caller without limit. */
export const UNLIMITED = 0x7ffffffe;
/** The value of a word of a data page that the kernel has written a record over. */
export const RECORD_BYTES = -3;

/** Bits of a page's word in the view of `maps`. */
export const VIEW_KIND = 3;
export const VIEW_NONE = 0;
export const VIEW_ANON = 1;
export const VIEW_PERF = 2;
export const VIEW_R = 1 << 2;
export const VIEW_W = 1 << 3;
export const VIEW_X = 1 << 4;
export const VIEW_SHARED = 1 << 5;
/** VmFlags of smaps, by their two letters. `ac`, `sd`, `um`, `uw`, `m*` and the like are not looked at. */
export const VIEW_LO = 1 << 6;
export const VIEW_DC = 1 << 7;
export const VIEW_DE = 1 << 8;
export const VIEW_DD = 1 << 9;
export const VIEW_IO = 1 << 10;
export const VIEW_PF = 1 << 11;
export const VIEW_RR = 1 << 12;
export const VIEW_SR = 1 << 13;
export const VIEW_HG = 1 << 14;
export const VIEW_NH = 1 << 15;
export const VIEW_MG = 1 << 16;
export const VIEW_WF = 1 << 17;
/** The VmFlags among them, by their letters in smaps. */
export const VM_FLAGS: readonly (readonly [string, number])[] = [
  ['lo', VIEW_LO],
  ['dc', VIEW_DC],
  ['de', VIEW_DE],
  ['dd', VIEW_DD],
  ['io', VIEW_IO],
  ['pf', VIEW_PF],
  ['rr', VIEW_RR],
  ['sr', VIEW_SR],
  ['hg', VIEW_HG],
  ['nh', VIEW_NH],
  ['mg', VIEW_MG],
  ['wf', VIEW_WF],
];
/** Perf pages only: the first page of a mapping, its page offset in the file, and (first page only) Rss in pages. */
export const VIEW_FIRST = 1 << 18;
export const VIEW_PGOFF_SHIFT = 19;
export const VIEW_PGOFF_MASK = 31;
export const VIEW_RSS_SHIFT = 24;
export const VIEW_RSS_MASK = 31;

/** Ints of an observation of this kind of operation. `status`: VmPin, VmLck after the value. */
export function obsWidth(kind: number): number {
  return kind === OP.maps ? OBS_WIDTH : kind === OP.status ? 4 : 2;
}

/** Where the view starts within an observation. */
export const OBS_VIEW = 2;
/**
 * Ints in the view of `maps`.
 * @public The agent names it, through the header that is made from this file.
 */
export const VIEW_PAGES = ARENA_PAGES;
