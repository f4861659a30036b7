import { ARENA_PAGES } from '../../model/alphabet/bounds.js';
import { MREMAP_FIXED, MREMAP_MAYMOVE } from '../../model/alphabet/operands.js';
import { OP, OPERAND_NAMES } from '../../model/alphabet/operations.js';
import type { KnownState } from './known-state.js';
import { rangeMask } from './masks.js';

/** Which int of a packed operation is this operand, by kind; 0: the kind has none. */
const slotsOf = (operand: string): Int8Array =>
  Int8Array.from(OPERAND_NAMES, (names) => 2 + names.indexOf(operand)).map((slot) => (slot < 2 ? 0 : slot));

/** `mmap` needs nothing where it maps. */
const PAGE_SLOT = slotsOf('page').fill(0, OP.mmap, OP.mmap + 1);
const NPAGES_SLOT = slotsOf('npages');
/** The process whose pages it names, where that is another one. */
const TARGET_SLOT = slotsOf('target');

/**
 * Does the operation at `ops[at]` name pages of a living process of which none is mapped? It can then do nothing, though it is not
 * skipped. The masks of the processes in it are up to date.
 */
export function namesUnmapped(ops: Int32Array, at: number, known: KnownState): boolean {
  const kind = ops[at];
  const slot = PAGE_SLOT[kind];
  if (slot === 0) return false;
  const page = ops[at + slot];
  const npages = NPAGES_SLOT[kind] === 0 ? 1 : ops[at + NPAGES_SLOT[kind]];
  const proc = TARGET_SLOT[kind] === 0 ? ops[at + 1] : ops[at + TARGET_SLOT[kind]];
  // An empty range names the page at which it begins.
  if ((known.mapped[proc] & rangeMask(page, Math.max(npages, 1))) !== 0) return false;
  return !isSkipped(ops, at, proc, page + npages, known);
}

/** Skipped ones are counted where they are answered. */
function isSkipped(ops: Int32Array, at: number, proc: number, end: number, known: KnownState): boolean {
  const own = ops[at + 1];
  const kind = ops[at];
  if (((known.alive >>> own) & (known.alive >>> proc) & 1) === 0 || end > ARENA_PAGES) return true;
  if (kind === OP.mremap) {
    const [page, npages, wanted, mode, target] = ops.subarray(at + 2, at + 7);
    if (page + wanted > ARENA_PAGES || (mode >= MREMAP_FIXED && target + wanted > ARENA_PAGES)) return true;
    return mode === MREMAP_MAYMOVE && wanted > npages;
  }
  return own === proc && TARGET_SLOT[kind] !== 0 && kind !== OP.mem_read && kind !== OP.mem_write;
}
