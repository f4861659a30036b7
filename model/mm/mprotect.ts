import { ERRNO } from '../alphabet/errno.js';
import type { World } from '../kernel/world.js';
import {
  PTE_DIRTY,
  PTE_PROT_MASK,
  PTE_WRITE,
  VM_ACCESS_FLAGS,
  VM_LOCKED,
  VM_SHARED,
  VM_WRITE,
} from './flags.js';
import { vma_merge } from './merge.js';
import { calc_vm_prot_bits } from './mmap.js';
import { change_pte } from './pgtable.js';
import { user_populate } from './populate.js';
import { ENOMEM, split_around, vma_lookup, vma_set_page_prot, vma_wants_writenotify } from './vma.js';

/** How far VM_READ, VM_WRITE, VM_EXEC are from VM_MAYREAD, VM_MAYWRITE, VM_MAYEXEC. */
const MAY_SHIFT = 4;

/** mprotect(2): VMA after VMA; what was done to the lower ones stays when a later one refuses. */
export function sys_mprotect(w: World, start: number, pages: number, prot: number): number {
  const end = start + pages;
  for (let a = start; a < end; ) {
    const v = vma_lookup(w, a);
    if (v < 0) return ENOMEM;
    const upper = Math.min(w.vma.end[v], end);
    const newflags = (w.vma.vm_flags[v] & ~VM_ACCESS_FLAGS) | calc_vm_prot_bits(prot);
    if ((newflags & ~(newflags >> MAY_SHIFT) & VM_ACCESS_FLAGS) !== 0) return -ERRNO.EACCES;
    const err = mprotect_fixup(w, v, a, upper, newflags);
    if (err !== 0) return err;
    a = upper;
  }
  return 0;
}

/** mprotect_fixup: nothing changes if the flags stay; else the range becomes VMAs of its own. */
function mprotect_fixup(w: World, v: number, start: number, end: number, newflags: number): number {
  const old = w.vma.vm_flags[v];
  if (newflags === old) return 0;
  const err = split_around(w, v, start, end);
  if (err !== 0) return err;
  w.changes++;
  w.vma.vm_flags[start] = newflags;
  vma_set_page_prot(w, start);
  change_protection(w, start, end);
  // Locked memory is never without its pages: these could not come in before.
  if ((old & (VM_WRITE | VM_SHARED | VM_LOCKED)) === VM_LOCKED && (newflags & VM_WRITE) !== 0) {
    user_populate(w, start, start, end);
  }
  vma_merge(w, start);
  return 0;
}

/**
 * change_pte_range: entries take the new protection. One that is dirty has had its write-notify already, and stays writable
 * (can_change_pte_writable; private memory has no entries here).
 */
function change_protection(w: World, v: number, end: number): void {
  const { pfn, flags } = w.pte;
  const prot = w.vma.vm_page_prot[v];
  const notified = vma_wants_writenotify(w, v) ? PTE_DIRTY : 0;
  for (let a = v; a < end; a++) {
    if (pfn[a] === 0) continue;
    const pte = (flags[a] & ~PTE_PROT_MASK) | prot;
    change_pte(w, a, (pte & notified) !== 0 ? pte | PTE_WRITE : pte);
  }
}
