import type { World } from '../kernel/world.js';
import { refused_by_pkey } from './access.js';
import { anon_touch } from './anon.js';
import { fault_in } from './fault.js';
import {
  ACCESS_GUP,
  ACCESS_READ,
  ACCESS_WRITE,
  VM_ACCESS_FLAGS,
  VM_IO,
  VM_LOCKONFAULT,
  VM_PFNMAP,
  VM_SHARED,
  VM_WRITE,
} from './flags.js';
import { check_vma_flags } from './gup.js';
import { EFAULT } from './vma.js';

/**
 * populate_vma_page_range: fault in the pages of [start, end) of one VMA, for mlock and MAP_POPULATE. Shared
 * memory is read, private writable memory written.
 * @returns 0 or -EFAULT
 */
export function user_populate(w: World, v: number, start: number, end: number): number {
  const flags = w.vma.vm_flags[v];
  if ((flags & (VM_IO | VM_PFNMAP)) !== 0 || (flags & VM_LOCKONFAULT) !== 0) return 0;
  const write = (flags & (VM_WRITE | VM_SHARED)) === VM_WRITE;
  if (refused_by_pkey(w, start, ACCESS_READ)) return EFAULT;
  if (check_vma_flags(flags, write, (flags & VM_ACCESS_FLAGS) !== 0)) return EFAULT;
  return touch(w, v, start, end, write);
}

/** Fault pages in until one refuses. */
export function touch(w: World, v: number, start: number, end: number, write: boolean): number {
  for (let a = start; a < end; a++) {
    if (w.vma.file[v] <= 0) {
      if (!anon_touch(w, v, a)) return EFAULT;
    } else if (fault_in(w, v, a, write ? ACCESS_WRITE : ACCESS_GUP) !== 0) return EFAULT;
  }
  return 0;
}
