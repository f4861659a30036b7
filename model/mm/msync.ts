import { ERRNO } from '../alphabet/errno.js';
import type { World } from '../kernel/world.js';
import { VM_LOCKED } from './flags.js';
import { EINVAL, ENOMEM, find_vma_intersection } from './vma.js';

const MS_ASYNC = 1;
const MS_INVALIDATE = 2;
const MS_SYNC = 4;

/** msync(2): an event file cannot be synced (it has no fsync). */
export function sys_msync(w: World, start: number, pages: number, flags: number): number {
  if ((flags & MS_ASYNC) !== 0 && (flags & MS_SYNC) !== 0) return EINVAL;
  const end = start + pages;
  let hole = 0;
  for (let a = start; a < end; ) {
    const v = find_vma_intersection(w, a, end);
    if (v < 0) return ENOMEM;
    if (v > a) hole = ENOMEM;
    if ((flags & MS_INVALIDATE) !== 0 && (w.vma.vm_flags[v] & VM_LOCKED) !== 0) return -ERRNO.EBUSY;
    if ((flags & MS_SYNC) !== 0 && w.vma.file[v] > 0) return EINVAL;
    a = w.vma.end[v];
  }
  return hole;
}
