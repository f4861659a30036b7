import { MREMAP_DONTUNMAP, MREMAP_FIXED } from '../alphabet/operands.js';
import type { World } from '../kernel/world.js';
import { check_prep_vma } from './mremap-check.js';
import { expand_vma, move_vma } from './mremap-move.js';
import { do_munmap } from './munmap.js';
import { EFAULT, EINVAL, find_vma_intersection, vma_lookup } from './vma.js';

/**
 * mremap(2), from `old` pages to `len`. Kernels before v6.17 unmap what is in the way of a fixed place before they
 * look whether the mapping can move at all; later ones look first, and move several mappings at once.
 */
export function sys_mremap(
  w: World,
  addr: number,
  old: number,
  len: number,
  mode: number,
  to: number,
): number {
  const elsewhere = mode === MREMAP_FIXED || mode === MREMAP_DONTUNMAP;
  if (mode === MREMAP_DONTUNMAP && old !== len) return EINVAL;
  if (len === 0) return EINVAL;
  if (w.design.core.mremap_checks_first) {
    if (elsewhere && overlap(addr, old, len, to)) return EINVAL;
    if (elsewhere && old === len) return remap_move(w, addr, old, mode, to);
    // What is cut off is looked at when it is cut off.
    const err = check_prep_vma(w, addr, Math.min(old, len), len, mode);
    if (err !== 0) return err;
    return elsewhere ? mremap_to(w, addr, old, len, mode, to) : mremap_at(w, addr, old, len);
  }
  if (vma_lookup(w, addr) < 0) return EFAULT;
  if (elsewhere)
    return overlap(addr, old, len, to) ? EINVAL : mremap_to_unchecked(w, addr, old, len, mode, to);
  const err = check_prep_vma(w, addr, old, len, mode);
  return err !== 0 ? err : mremap_at(w, addr, old, len);
}

function overlap(addr: number, old: number, len: number, to: number): boolean {
  return addr + old > to && to + len > addr;
}

/** Shrink, grow in place, or nothing. */
function mremap_at(w: World, addr: number, old: number, len: number): number {
  return old >= len ? do_munmap(w, addr + len, addr + old) : expand_vma(w, addr, old, len);
}

/** remap_move (v6.17): every mapping of the range moves by the same distance; holes stay holes. */
function remap_move(w: World, addr: number, pages: number, mode: number, to: number): number {
  const end = addr + pages;
  let v = find_vma_intersection(w, addr, end);
  if (v < 0 || v > addr) return EFAULT;
  while (v >= 0) {
    const start = Math.max(v, addr);
    const part = Math.min(w.vma.end[v], end) - start;
    let err = check_prep_vma(w, start, part, part, mode);
    if (err === 0) err = mremap_to(w, start, part, part, mode, to + start - addr);
    if (err !== 0) return err;
    v = find_vma_intersection(w, start + part, end);
  }
  return 0;
}

/** mremap_to after its checks: make room, which may take the mapping itself away, shrink, move. */
function mremap_to(w: World, addr: number, old: number, len: number, mode: number, to: number): number {
  const err = make_room(w, addr, old, len, to);
  if (err !== 0) return err;
  const v = vma_lookup(w, addr);
  return v < 0 ? EFAULT : move_vma(w, v, addr, Math.min(old, len), len, to, mode);
}

/** mremap_to before v6.17: make room and shrink, then look whether the mapping can move. */
function mremap_to_unchecked(
  w: World,
  addr: number,
  old: number,
  len: number,
  mode: number,
  to: number,
): number {
  let err = make_room(w, addr, old, len, to);
  if (err !== 0) return err;
  const kept = Math.min(old, len);
  err = check_prep_vma(w, addr, kept, len, mode);
  return err !== 0 ? err : move_vma(w, vma_lookup(w, addr), addr, kept, len, to, mode);
}

/** Unmap the target, then what is cut off: nothing, where the mapping grows. */
function make_room(w: World, addr: number, old: number, len: number, to: number): number {
  const err = do_munmap(w, to, to + len);
  return err !== 0 ? err : do_munmap(w, addr + len, addr + old);
}
