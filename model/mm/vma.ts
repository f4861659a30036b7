import { ERRNO } from '../alphabet/errno.js';
import type { World } from '../kernel/world.js';
import { endOf, mmOf } from '../kernel/world.js';
import { PTE_ACCESS, PTE_EXEC, PTE_WRITE, VM_ACCESS_FLAGS, VM_EXEC, VM_SHARED, VM_WRITE } from './flags.js';
import { shmem_get } from './shmem.js';

/** The VMA at this address, or -1 (vma_lookup). A VMA's number is its start address. */
export function vma_lookup(w: World, address: number): number {
  return w.tree.vma[address] - 1;
}

/** The VMA at this address, or the next one above it below `end`, or -1 (find_vma_intersection). */
export function find_vma_intersection(w: World, start: number, end: number): number {
  const { vma } = w.tree;
  for (let a = start; a < end; a++) if (vma[a] !== 0) return vma[a] - 1;
  return -1;
}

/** As above, to the end of the arena (find_vma). */
export function find_vma(w: World, address: number): number {
  return find_vma_intersection(w, address, endOf(mmOf(address)));
}

export function vma_pages(w: World, v: number): number {
  return w.vma.end[v] - v;
}

/** pgoff of an address within its VMA's file (linear_page_index). */
export function linear_page_index(w: World, v: number, address: number): number {
  return address - v + w.vma.vm_pgoff[v];
}

/** Protection bits of a page that is mapped with these flags: a private writable page is write-protected for COW. */
export function vm_get_page_prot(vm_flags: number): number {
  let prot = (vm_flags & VM_ACCESS_FLAGS) !== 0 ? PTE_ACCESS : 0;
  if ((vm_flags & (VM_WRITE | VM_SHARED)) === (VM_WRITE | VM_SHARED)) prot |= PTE_WRITE;
  if ((vm_flags & VM_EXEC) !== 0) prot |= PTE_EXEC;
  return prot;
}

/** The file wants to hear of the first write to a page (vma_wants_writenotify, for VMAs with a design's vm_ops). */
export function vma_wants_writenotify(w: World, v: number): boolean {
  if ((w.vma.vm_flags[v] & (VM_WRITE | VM_SHARED)) !== (VM_WRITE | VM_SHARED)) return false;
  if (w.vma.vm_ops[v] === 0) return false;
  const { page_mkwrite, pfn_mkwrite } = w.design.vm_ops;
  return page_mkwrite !== undefined || pfn_mkwrite !== undefined;
}

/** Make `vm_page_prot` final for the flags of the VMA (vma_set_page_prot): shared writable memory is first mapped read-only under write-notify. */
export function vma_set_page_prot(w: World, v: number): void {
  const flags = w.vma.vm_flags[v];
  w.vma.vm_page_prot[v] = vm_get_page_prot(vma_wants_writenotify(w, v) ? flags & ~VM_SHARED : flags);
}

/** Enter the VMA in the tree (vma_link). */
export function vma_link(w: World, v: number): void {
  w.changes++;
  w.tree.vma.fill(v + 1, v, w.vma.end[v]);
}

/** Take the VMA out of the tree; its row stays readable until it is used again. */
export function vma_unlink(w: World, v: number): void {
  w.changes++;
  w.tree.vma.fill(0, v, w.vma.end[v]);
  w.vma.used[v] = 0;
}

/** Fill the row of a VMA that is not yet in the tree (vm_area_alloc and what mmap sets at once). */
export function vma_init(
  w: World,
  v: number,
  end: number,
  vm_flags: number,
  pgoff: number,
  file: number,
): void {
  w.changes++;
  const { vma } = w;
  vma.used[v] = 1;
  vma.end[v] = end;
  vma.vm_flags[v] = vm_flags;
  vma.vm_page_prot[v] = vm_get_page_prot(vm_flags);
  vma.vm_pgoff[v] = pgoff;
  vma.file[v] = file;
  vma.vm_ops[v] = 0;
}

/** Copy a row, for the upper half of a split, a move, or a child (vm_area_dup). */
export function vm_area_dup(w: World, from: number, to: number, pages: number, pgoff: number): void {
  w.changes++;
  const { vma } = w;
  vma.used[to] = 1;
  vma.end[to] = to + pages;
  vma.vm_flags[to] = vma.vm_flags[from];
  vma.vm_page_prot[to] = vma.vm_page_prot[from];
  vma.vm_pgoff[to] = pgoff;
  vma.file[to] = vma.file[from];
  vma.vm_ops[to] = vma.vm_ops[from];
  if (vma.file[to] > 0) w.event.f_count[vma.file[to] - 1]++;
  else shmem_get(w, vma.file[to]);
}

/** May the VMA be cut at this address? (The vm_operations hook may_split, where there is one.) */
export function may_split(w: World, v: number, address: number): number {
  w.changes++;
  const hook = w.design.vm_ops.may_split;
  return w.vma.vm_ops[v] !== 0 && hook !== undefined ? hook(w, v, address) : 0;
}

/**
 * Cut the VMA in two at this address (__split_vma). Which half is the new VMA, the one with its own `open`, is the caller's
 * choice: the part that it is not interested in.
 * @param new_below the lower half is the new one
 * @returns 0, or -errno from `may_split`, with nothing changed
 */
export function split_vma(w: World, v: number, address: number, new_below: boolean): number {
  const err = may_split(w, v, address);
  if (err !== 0) return err;
  vm_area_dup(w, v, address, w.vma.end[v] - address, linear_page_index(w, v, address));
  w.vma.end[v] = address;
  if (w.vma.vm_ops[v] !== 0) w.design.vm_ops.open(w, new_below ? v : address);
  vma_link(w, address);
  return 0;
}

/** Cut at both ends so that [start, end) is a VMA (vma_modify); a cut that was made is not undone. */
export function split_around(w: World, v: number, start: number, end: number): number {
  const err = v < start ? split_vma(w, v, start, true) : 0;
  if (err !== 0) return err;
  return w.vma.end[start] > end ? split_vma(w, start, end, false) : 0;
}

/** -EFAULT and the like, spelt once. */
export const EFAULT = -ERRNO.EFAULT;
export const EINVAL = -ERRNO.EINVAL;
export const ENOMEM = -ERRNO.ENOMEM;
