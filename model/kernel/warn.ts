import type { World } from './world.js';

/** Warnings that the kernel itself would print (WARN_ON, refcount_t), by number. */
export const WARNINGS = [
  'none',
  'refcount_t: addition on 0; use-after-free',
  'refcount_t: underflow; use-after-free',
  'BUG: Bad page state: page->mapping set on free',
  'BUG: Bad rss-counter or page refcount: page freed while references remain',
  'WARNING: a freed ring buffer is used',
  'WARNING: a freed ring buffer is freed again',
  'BUG: Bad page map: remap over a present page table entry',
  'refcount_t: saturated; leaking memory',
  'BUG: kernel NULL pointer dereference: an event without a buffer',
  'WARNING: bad unlock balance: a mutex that is not held is unlocked',
  'BUG: Bad page state: a free page is freed',
  'BUG: a reference is taken to a free page',
  'refcount_t: decrement hit 0; leaking memory',
] as const;
export const WARN_REFCOUNT_FROM_ZERO = 1;
export const WARN_REFCOUNT_UNDERFLOW = 2;
export const WARN_PAGE_MAPPING_AT_FREE = 3;
export const WARN_PAGE_REFERENCED_AT_FREE = 4;
export const WARN_RB_USE_AFTER_FREE = 5;
export const WARN_RB_DOUBLE_FREE = 6;
export const WARN_PTE_PRESENT = 7;
export const WARN_REFCOUNT_SATURATED = 8;
export const WARN_NULL_RB = 9;
export const WARN_UNLOCK_NOT_HELD = 10;
export const WARN_PAGE_DOUBLE_FREE = 11;
export const WARN_PAGE_GET_FREE = 12;
export const WARN_REFCOUNT_LEAKED = 13;

/** Remember the first warning of the sequence. */
export function warn(w: World, code: number): void {
  if (w.sys.warned[0] === 0) w.sys.warned[0] = code;
}
