import { down_read, up_read } from '../kernel/locks.js';
import type { World } from '../kernel/world.js';
import { mmOf } from '../kernel/world.js';
import { refused_by_pkey } from './access.js';
import { anon_resident, anon_touch } from './anon.js';
import { fault_in, pte_allows } from './fault.js';
import {
  ACCESS_GUP,
  ACCESS_READ,
  ACCESS_WRITE,
  PTE_SPECIAL,
  VM_ACCESS_FLAGS,
  VM_IO,
  VM_MAYREAD,
  VM_MAYWRITE,
  VM_PFNMAP,
  VM_READ,
  VM_SHARED,
  VM_WRITE,
} from './flags.js';
import { EFAULT, vma_lookup } from './vma.js';

/**
 * get_user_pages of one page: the way of process_vm_readv, ptrace, /proc/PID/mem, shared futexes, vmsplice and
 * direct I/O. Needs a struct page: a VM_PFNMAP or VM_IO mapping is refused.
 * @param force FOLL_FORCE: permissions that the mapping could have are enough, but not to write shared memory
 * @returns 0 or -EFAULT. The page is pinned no longer than the call.
 */
export function get_user_page(w: World, address: number, write: boolean, force: boolean): number {
  const { mmap_lock } = w.task;
  const mm = mmOf(address);
  down_read(w, mmap_lock, mm);
  const err = get_page_of_vma(w, address, write, force);
  up_read(w, mmap_lock, mm);
  return err;
}

function get_page_of_vma(w: World, address: number, write: boolean, force: boolean): number {
  const v = vma_lookup(w, address);
  if (v < 0 || check_vma_flags(w.vma.vm_flags[v], write, force)) return EFAULT;
  if (w.vma.file[v] <= 0) return anon_touch(w, v, address) ? 0 : EFAULT;
  if (fault_in(w, v, address, write ? ACCESS_WRITE : ACCESS_GUP) !== 0) return EFAULT;
  // Without a struct page there is nothing to get, even where the VMA does not say so (follow_pfn_pte).
  return (w.pte.flags[address] & PTE_SPECIAL) === 0 ? 0 : EFAULT;
}

/**
 * get_user_pages_fast, of shared futexes, vmsplice and direct I/O: an entry that is there and permits the access is
 * enough, whatever the VMA says; the VMA is asked only otherwise (gup_fast_pte_range).
 * @returns 0 or -EFAULT
 */
export function get_user_page_fast(w: World, address: number, write: boolean): number {
  const access = write ? ACCESS_WRITE : ACCESS_READ;
  const flags = w.pte.flags[address];
  const mapped = w.pte.pfn[address] !== 0 && (flags & PTE_SPECIAL) === 0 && pte_allows(flags, access);
  if (!refused_by_pkey(w, address, access) && (mapped || (!write && anonymous_entry(w, address)))) return 0;
  return get_user_page(w, address, write, false);
}

/** Anonymous memory has no entries here: a page that has come in and is not PROT_NONE would have one. */
function anonymous_entry(w: World, address: number): boolean {
  const v = vma_lookup(w, address);
  if (v < 0 || w.vma.file[v] > 0 || (w.vma.vm_flags[v] & VM_ACCESS_FLAGS) === 0) return false;
  return anon_resident(w, v, address);
}

/** Whether GUP refuses the VMA (check_vma_flags, mm/gup.c). */
export function check_vma_flags(vm_flags: number, write: boolean, force: boolean): boolean {
  if ((vm_flags & (VM_IO | VM_PFNMAP)) !== 0) return true;
  if (write) {
    if ((vm_flags & VM_WRITE) !== 0) return false;
    return !force || (vm_flags & (VM_SHARED | VM_MAYWRITE)) !== VM_MAYWRITE;
  }
  return (vm_flags & VM_READ) === 0 && !(force && (vm_flags & VM_MAYREAD) !== 0);
}
