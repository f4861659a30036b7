import { MREMAP_DONTUNMAP } from '../alphabet/operands.js';
import type { World } from '../kernel/world.js';
import { mmOf } from '../kernel/world.js';
import { anon_copy, anon_populate } from './anon.js';
import { VM_LOCKED, VM_LOCKED_MASK } from './flags.js';
import { vma_merge } from './merge.js';
import { mm_populate } from './mlock.js';
import { do_munmap } from './munmap.js';
import { move_page_tables } from './pgtable.js';
import {
  ENOMEM,
  find_vma_intersection,
  linear_page_index,
  may_split,
  split_around,
  vm_area_dup,
  vma_link,
  vma_lookup,
} from './vma.js';

/** Grow in place, unless something is in the way: the rest of the VMA, too (expand_vma). Only anonymous memory gets this far. */
export function expand_vma(w: World, addr: number, old: number, len: number): number {
  const v = vma_lookup(w, addr);
  const end = addr + len;
  if (find_vma_intersection(w, addr + old, end) >= 0) return ENOMEM;
  if (w.vma.file[v] === 0) anon_populate(w, addr + old, end);
  w.vma.end[v] = end;
  vma_link(w, v);
  if ((w.vma.vm_flags[v] & VM_LOCKED) !== 0) {
    w.task.locked_vm[mmOf(v)] += len - old;
    mm_populate(w, addr + old, end);
  }
  vma_merge(w, v);
  return 0;
}

/** move_vma: copy the VMA (its `open`), move the entries, unmap the old range (its `close`). */
export function move_vma(
  w: World,
  v: number,
  addr: number,
  old: number,
  len: number,
  to: number,
  mode: number,
): number {
  let err = v === addr ? 0 : may_split(w, v, addr);
  if (err === 0 && w.vma.end[v] !== addr + old) err = may_split(w, v, addr + old);
  if (err !== 0) return err;
  vm_area_dup(w, v, to, len, linear_page_index(w, v, addr));
  if (w.vma.vm_ops[v] !== 0) w.design.vm_ops.open(w, to);
  vma_link(w, to);
  move_page_tables(w, addr, to, old);
  if (w.vma.file[v] === 0) {
    anon_copy(w, addr, to, old);
    anon_populate(w, to + old, to + len);
  }
  const locked = (w.vma.vm_flags[to] & VM_LOCKED) !== 0;
  if (locked) w.task.locked_vm[mmOf(to)] += len;
  if (mode === MREMAP_DONTUNMAP) leave_behind(w, v, addr, old);
  else err = do_munmap(w, addr, addr + old);
  if (locked) mm_populate(w, to + old, to + len);
  vma_merge(w, to);
  return err;
}

/**
 * MREMAP_DONTUNMAP: what was moved from stays, empty and no longer locked (v6.12 stable cuts it off for that). Not followed:
 * v6.18, measured, unlocks the whole old VMA, and counts it as locked for ever.
 */
function leave_behind(w: World, v: number, addr: number, pages: number): void {
  if ((w.vma.vm_flags[v] & VM_LOCKED) !== 0) {
    split_around(w, v, addr, addr + pages);
    w.vma.vm_flags[addr] &= ~VM_LOCKED_MASK;
    w.task.locked_vm[mmOf(addr)] -= pages;
  }
  if (w.vma.file[v] === 0) anon_populate(w, addr, addr + pages);
}
