import { ERRNO } from '../alphabet/errno.js';
import { MREMAP_DONTUNMAP, MREMAP_FIXED } from '../alphabet/operands.js';
import type { World } from '../kernel/world.js';
import { mmOf } from '../kernel/world.js';
import { anon_move, anon_populate } from './anon.js';
import { VM_DONTEXPAND, VM_LOCKED, VM_LOCKED_MASK, VM_PFNMAP, VM_SHARED } from './flags.js';
import { mlock_future_ok, mm_populate } from './mlock.js';
import { do_munmap } from './munmap.js';
import { move_page_tables } from './pgtable.js';
import {
  EFAULT, EINVAL, ENOMEM, find_vma_intersection, linear_page_index, may_split, vm_area_dup, vma_link, vma_lookup,
} from './vma.js';

/** mremap(2), with an old length of `old` pages and a new one of `len`. */
export function sys_mremap(w: World, addr: number, old: number, len: number, mode: number, to: number): number {
  if (mode === MREMAP_DONTUNMAP && old !== len) return EINVAL;
  if (len === 0) return EINVAL;
  const v = vma_lookup(w, addr);
  if (mode === MREMAP_FIXED || mode === MREMAP_DONTUNMAP) {
    if (addr + old > to && to + len > addr) return EINVAL;
    return v < 0 ? EFAULT : mremap_to(w, addr, old, len, mode, to);
  }
  if (v < 0) return EFAULT;
  if (old >= len) return old === len ? 0 : do_munmap(w, addr + len, addr + old);
  return expand(w, v, addr, old, len);
}

/** Grow in place. */
function expand(w: World, v: number, addr: number, old: number, len: number): number {
  const err = vma_to_resize(w, addr, old, len, 0);
  if (err !== 0) return err;
  const end = addr + len;
  if (w.vma.end[v] !== addr + old || find_vma_intersection(w, addr + old, end) >= 0) return ENOMEM;
  anon_populate(w, addr + old, end);
  w.vma.end[v] = end;
  vma_link(w, v);
  if ((w.vma.vm_flags[v] & VM_LOCKED) !== 0) {
    w.task.locked_vm[mmOf(v)] += len - old;
    mm_populate(w, addr + old, end);
  }
  return 0;
}

/** mremap_to: what is at the new place, and what is over at the old one, is unmapped before anything is checked. */
function mremap_to(w: World, addr: number, old: number, len: number, mode: number, to: number): number {
  let err = do_munmap(w, to, to + len);
  if (err !== 0) return err;
  if (old > len) {
    err = do_munmap(w, addr + len, addr + old);
    if (err !== 0) return err;
  }
  const kept = Math.min(old, len);
  err = vma_to_resize(w, addr, kept, len, mode);
  return err !== 0 ? err : move_vma(w, vma_lookup(w, addr), addr, kept, len, to, mode);
}

/** May this part of a VMA get the new length (vma_to_resize)? */
function vma_to_resize(w: World, addr: number, old: number, len: number, mode: number): number {
  const v = vma_lookup(w, addr);
  if (v < 0) return EFAULT;
  const flags = w.vma.vm_flags[v];
  if (old === 0 && (flags & VM_SHARED) === 0) return EINVAL;
  const unexpandable = (flags & (VM_DONTEXPAND | VM_PFNMAP)) !== 0;
  if (mode === MREMAP_DONTUNMAP && unexpandable) return EINVAL;
  if (old > w.vma.end[v] - addr) return EFAULT;
  if (len === old) return 0;
  if (unexpandable) return EFAULT;
  return mlock_future_ok(w, mmOf(addr), flags, len - old) ? 0 : -ERRNO.EAGAIN;
}

/** move_vma: copy the VMA (its `open`), move the entries, unmap the old range (its `close`). */
function move_vma(w: World, v: number, addr: number, old: number, len: number, to: number, mode: number): number {
  let err = v === addr ? 0 : may_split(w, v, addr);
  if (err === 0 && w.vma.end[v] !== addr + old) err = may_split(w, v, addr + old);
  if (err !== 0) return err;
  vm_area_dup(w, v, to, len, linear_page_index(w, v, addr));
  if (w.vma.vm_ops[v] !== 0) w.design.vm_ops.open(w, to);
  vma_link(w, to);
  move_page_tables(w, addr, to, old);
  const anonymous = w.vma.file[v] <= 0;
  if (anonymous) {
    anon_move(w, addr, to, old);
    anon_populate(w, to + old, to + len);
  }
  const locked = (w.vma.vm_flags[to] & VM_LOCKED) !== 0;
  if (locked) w.task.locked_vm[mmOf(to)] += len;
  if (mode === MREMAP_DONTUNMAP) leave_behind(w, v, addr, old);
  else if (old > 0) err = do_munmap(w, addr, addr + old);
  if (locked) mm_populate(w, to, to + len);
  return err;
}

/** MREMAP_DONTUNMAP: the old range stays, empty and no longer locked. */
function leave_behind(w: World, v: number, addr: number, pages: number): void {
  if ((w.vma.vm_flags[v] & VM_LOCKED) !== 0) w.task.locked_vm[mmOf(v)] -= w.vma.end[v] - v;
  w.vma.vm_flags[v] &= ~VM_LOCKED_MASK;
  anon_populate(w, addr, addr + pages);
}

