import { ERRNO } from '../alphabet/errno.js';
import { down_write, up_write } from '../kernel/locks.js';
import type { World } from '../kernel/world.js';
import { mmOf } from '../kernel/world.js';
import { fput } from '../perf/event.js';
import { VM_LOCKED } from './flags.js';
import { zap_page_range } from './pgtable.js';
import { shmem_put } from './shmem.js';
import { EINVAL, find_vma_intersection, split_vma, vma_lookup, vma_pages, vma_unlink } from './vma.js';

/** munmap(2). */
export function sys_munmap(w: World, start: number, pages: number): number {
  return pages === 0 ? EINVAL : do_munmap(w, start, start + pages);
}

/**
 * Remove [start, end) (do_vmi_munmap): cut at both ends first, so that a refusal of a design leaves all as it
 * was; then zap every page table entry; then close one VMA after the other.
 */
export function do_munmap(w: World, start: number, end: number): number {
  const first = find_vma_intersection(w, start, end);
  if (first < 0) return 0;
  const err = split_at_ends(w, first, start, end);
  if (err !== 0) return err;
  zap_page_range(w, start, end);
  for (let v = find_vma_intersection(w, start, end); v >= 0; v = find_vma_intersection(w, start, end)) {
    remove_vma(w, v);
  }
  return 0;
}

/** vms_gather_munmap_vmas: the upper end is cut only if the lower could be. A cut that was made is not undone. */
function split_at_ends(w: World, first: number, start: number, end: number): number {
  const err = first < start ? split_vma(w, first, start, true) : 0;
  if (err !== 0) return err;
  const last = vma_lookup(w, end - 1);
  return last >= 0 && w.vma.end[last] > end ? split_vma(w, last, end, false) : 0;
}

/** A VMA whose entries are gone leaves the tree and is closed; its file reference goes last (remove_vma). */
function remove_vma(w: World, v: number): void {
  const { vma } = w;
  const file = vma.file[v];
  if ((vma.vm_flags[v] & VM_LOCKED) !== 0) w.task.locked_vm[mmOf(v)] -= vma_pages(w, v);
  vma_unlink(w, v);
  shmem_put(w, file);
  if (vma.vm_ops[v] !== 0) w.design.vm_ops.close(w, v);
  if (file > 0) fput(w, file - 1);
}

/** All of a process's memory, at exit and exec (exit_mmap). */
export function exit_mmap(w: World, mm: number, start: number, end: number): void {
  down_write(w, w.task.mmap_lock, mm);
  zap_page_range(w, start, end);
  for (let v = find_vma_intersection(w, start, end); v >= 0; v = find_vma_intersection(w, start, end)) {
    remove_vma(w, v);
  }
  up_write(w, w.task.mmap_lock, mm);
  w.task.locked_vm[mm] = 0;
  w.task.locked_all[mm] = 0;
  w.task.def_flags[mm] = 0;
  w.task.pinned_vm[mm] = 0;
}

export const EEXIST = -ERRNO.EEXIST;
