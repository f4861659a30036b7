import {
  VIEW_DC,
  VIEW_DD,
  VIEW_HG,
  VIEW_MG,
  VIEW_NH,
  VIEW_RR,
  VIEW_SR,
  VIEW_WF,
} from '../alphabet/observations.js';

/** Positions of the advices in the alphabet's `ADVICE`. */
export const AT = {
  NORMAL: 0,
  RANDOM: 1,
  SEQUENTIAL: 2,
  WILLNEED: 3,
  DONTNEED: 4,
  FREE: 5,
  REMOVE: 6,
  DONTFORK: 7,
  DOFORK: 8,
  MERGEABLE: 9,
  UNMERGEABLE: 10,
  HUGEPAGE: 11,
  NOHUGEPAGE: 12,
  DONTDUMP: 13,
  DODUMP: 14,
  WIPEONFORK: 15,
  KEEPONFORK: 16,
  COLD: 17,
  PAGEOUT: 18,
  POPULATE_READ: 19,
  POPULATE_WRITE: 20,
  DONTNEED_LOCKED: 21,
  COLLAPSE: 22,
  HWPOISON: 23,
  SOFT_OFFLINE: 24,
  GUARD_INSTALL: 25,
  GUARD_REMOVE: 26,
  unknown: 27,
} as const;

/** VmFlags that an advice clears and sets. */
export interface FlagChange {
  readonly clear: number;
  readonly set: number;
}

const NO_CHANGE: FlagChange = { clear: 0, set: 0 };
const CHANGES = new Map<number, FlagChange>([
  [AT.NORMAL, { clear: VIEW_RR | VIEW_SR, set: 0 }],
  [AT.RANDOM, { clear: VIEW_SR, set: VIEW_RR }],
  [AT.SEQUENTIAL, { clear: VIEW_RR, set: VIEW_SR }],
  [AT.DONTFORK, { clear: 0, set: VIEW_DC }],
  [AT.DOFORK, { clear: VIEW_DC, set: 0 }],
  [AT.MERGEABLE, { clear: 0, set: VIEW_MG }],
  [AT.UNMERGEABLE, { clear: VIEW_MG, set: 0 }],
  [AT.HUGEPAGE, { clear: VIEW_NH, set: VIEW_HG }],
  [AT.NOHUGEPAGE, { clear: VIEW_HG, set: VIEW_NH }],
  [AT.DONTDUMP, { clear: 0, set: VIEW_DD }],
  [AT.DODUMP, { clear: VIEW_DD, set: 0 }],
  [AT.WIPEONFORK, { clear: 0, set: VIEW_WF }],
  [AT.KEEPONFORK, { clear: VIEW_WF, set: 0 }],
]);

/** What each advice does to VmFlags, by its position. */
export const ADVICE: readonly FlagChange[] = Object.values(AT).map((at) => CHANGES.get(at) ?? NO_CHANGE);
