import { ERRNO } from '../alphabet/errno.js';
import { MREMAP_DONTUNMAP, MREMAP_FIXED } from '../alphabet/operands.js';
import type { World } from '../kernel/world.js';
import { mmOf } from '../kernel/world.js';
import { VM_DONTEXPAND, VM_PFNMAP, VM_SHARED } from './flags.js';
import { mlock_future_ok } from './mlock.js';
import { EFAULT, EINVAL, vma_lookup } from './vma.js';

/** May this part of a VMA get the new length or place (vma_to_resize to v6.15; check_prep_vma since v6.17)? */
export function check_prep_vma(w: World, addr: number, old: number, len: number, mode: number): number {
  const v = vma_lookup(w, addr);
  if (v < 0) return EFAULT;
  if (len <= old && mode !== MREMAP_FIXED && mode !== MREMAP_DONTUNMAP) return 0;
  const flags = w.vma.vm_flags[v];
  if (old === 0 && (flags & VM_SHARED) === 0) return EINVAL;
  const unexpandable = (flags & (VM_DONTEXPAND | VM_PFNMAP)) !== 0;
  if (mode === MREMAP_DONTUNMAP && unexpandable) return EINVAL;
  if (old > w.vma.end[v] - addr) return EFAULT;
  if (len === old) return 0;
  if (unexpandable) return EFAULT;
  return mlock_future_ok(w, mmOf(addr), flags, len - old) ? 0 : -ERRNO.EAGAIN;
}
