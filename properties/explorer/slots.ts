import { ARENA_PAGES, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OPERAND_NAMES } from '../../model/alphabet/operations.js';

/** A stretch of pages that operations name. */
export interface Slot {
  readonly start: number;
  readonly length: number;
}

/**
 * The stretches of pages that these operations name: pages that one range covers, or that are neighbours, belong together.
 */
export function slotsOf(ops: Int32Array): Slot[] {
  const named = new Uint8Array(ARENA_PAGES);
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    const operand = (name: string): number => {
      const i = OPERAND_NAMES[ops[at]].indexOf(name);
      return i < 0 ? -1 : ops[at + 2 + i];
    };
    const longest = Math.max(1, operand('npages'), operand('new_npages'));
    for (const name of ['page', 'new_page']) {
      const start = operand(name);
      if (start >= 0) named.fill(1, start, start + longest);
    }
  }
  const slots: Slot[] = [];
  for (let page = 0; page < ARENA_PAGES; page++) {
    if (named[page] === 0) continue;
    const start = page;
    while (named[page + 1] === 1) page++;
    slots.push({ start, length: page + 1 - start });
  }
  return slots;
}

/** Pages of an arena that these operations can reach, from page 0 on. */
export function reachOf(ops: Int32Array): number {
  return slotsOf(ops).reduce((reach, { start, length }) => Math.max(reach, start + length), 0);
}
