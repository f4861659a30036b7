import type { World } from '../kernel/world.js';
import { fault_in } from './fault.js';
import {
  ACCESS_GUP, ACCESS_WRITE, VM_IO, VM_MAYREAD, VM_MAYWRITE, VM_PFNMAP, VM_READ, VM_SHARED, VM_WRITE,
} from './flags.js';
import { EFAULT, vma_lookup } from './vma.js';

/**
 * get_user_pages of one page: the way of process_vm_readv, ptrace, /proc/PID/mem, shared futexes, vmsplice and
 * direct I/O. Needs a struct page: a VM_PFNMAP or VM_IO mapping is refused.
 * @param force FOLL_FORCE: permissions that the mapping could have are enough, but not to write shared memory
 * @returns 0 or -EFAULT. The page is pinned no longer than the call.
 */
export function get_user_page(w: World, address: number, write: boolean, force: boolean): number {
  const v = vma_lookup(w, address);
  if (v < 0 || check_vma_flags(w.vma.vm_flags[v], write, force)) return EFAULT;
  if (w.vma.file[v] <= 0) {
    w.anon.touched[address] = 1;
    return 0;
  }
  return fault_in(w, v, address, write ? ACCESS_WRITE : ACCESS_GUP) === 0 ? 0 : EFAULT;
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
