import { ERRNO } from '../alphabet/errno.js';
import type { World } from '../kernel/world.js';
import { endOf, mmOf } from '../kernel/world.js';
import { VM_LOCKED, VM_LOCKED_MASK, VM_LOCKONFAULT, VM_SPECIAL } from './flags.js';
import { vma_merge } from './merge.js';
import { user_populate } from './populate.js';
import { ENOMEM, find_vma, find_vma_intersection, split_around, vma_lookup, vma_pages } from './vma.js';

/** May this process lock at all (can_do_mlock)? */
export function can_do_mlock(w: World, mm: number): boolean {
  return w.task.cap_ipc_lock[mm] !== 0 || w.task.rlimit_memlock[mm] !== 0;
}

/** May this many more pages with these flags be mapped (mlock_future_ok)? Only locked mappings count. */
export function mlock_future_ok(w: World, mm: number, vm_flags: number, pages: number): boolean {
  const { task } = w;
  if ((vm_flags & VM_LOCKED) === 0 || task.cap_ipc_lock[mm] !== 0) return true;
  return task.locked_all[mm] === 0 && task.locked_vm[mm] + pages <= task.rlimit_memlock[mm];
}

/** mlock2(2) (do_mlock). */
export function sys_mlock(w: World, start: number, pages: number, onfault: boolean): number {
  const mm = mmOf(start);
  if (!can_do_mlock(w, mm)) return -ERRNO.EPERM;
  const end = start + pages;
  if (!fits(w, mm, start, end)) return ENOMEM;
  const err = apply_vma_lock_flags(w, start, end, onfault ? VM_LOCKED | VM_LOCKONFAULT : VM_LOCKED);
  if (err !== 0) return err;
  return mm_populate(w, start, end) === 0 ? 0 : ENOMEM;
}

/** The limit counts pages of the range that are not locked yet. */
function fits(w: World, mm: number, start: number, end: number): boolean {
  const { task } = w;
  if (task.cap_ipc_lock[mm] !== 0) return true;
  if (task.locked_all[mm] !== 0) return false;
  const more = end - start - count_mm_mlocked_page_nr(w, start, end);
  return task.locked_vm[mm] + more <= task.rlimit_memlock[mm];
}

function count_mm_mlocked_page_nr(w: World, start: number, end: number): number {
  let locked = 0;
  for (let a = start; a < end; a++) {
    const v = vma_lookup(w, a);
    if (v >= 0 && (w.vma.vm_flags[v] & VM_LOCKED) !== 0) locked++;
  }
  return locked;
}

export function sys_munlock(w: World, start: number, pages: number): number {
  return apply_vma_lock_flags(w, start, start + pages, 0);
}

/** Set the lock flags of [start, end); stops at a hole with -ENOMEM, lower VMAs keep what was done to them. */
function apply_vma_lock_flags(w: World, start: number, end: number, flags: number): number {
  for (let a = start; a < end; ) {
    const v = vma_lookup(w, a);
    if (v < 0) return ENOMEM;
    const upper = Math.min(w.vma.end[v], end);
    const err = mlock_fixup(w, v, a, upper, (w.vma.vm_flags[v] & ~VM_LOCKED_MASK) | flags);
    if (err !== 0) return err;
    a = upper;
  }
  return 0;
}

/** mlock_fixup: special mappings are passed over. */
function mlock_fixup(w: World, v: number, start: number, end: number, newflags: number): number {
  const old = w.vma.vm_flags[v];
  if (newflags === old || (old & VM_SPECIAL) !== 0) return 0;
  const err = split_around(w, v, start, end);
  if (err !== 0) return err;
  const pages = end - start;
  if ((newflags & VM_LOCKED) === 0) w.task.locked_vm[mmOf(v)] -= pages;
  else if ((old & VM_LOCKED) === 0) w.task.locked_vm[mmOf(v)] += pages;
  w.changes++;
  w.vma.vm_flags[start] = newflags;
  vma_merge(w, start);
  return 0;
}

const MCL_CURRENT = 1;
const MCL_FUTURE = 2;
const MCL_ONFAULT = 4;

/** mlockall(2). The memory of the process outside the arena alone exceeds every limit that `rlimit` can set. */
export function sys_mlockall(w: World, mm: number, flags: number): number {
  if (flags === 0 || flags === MCL_ONFAULT) return -ERRNO.EINVAL;
  if (!can_do_mlock(w, mm)) return -ERRNO.EPERM;
  if ((flags & MCL_CURRENT) !== 0 && w.task.cap_ipc_lock[mm] === 0) return ENOMEM;
  const onfault = (flags & MCL_ONFAULT) !== 0 ? VM_LOCKED_MASK : VM_LOCKED;
  w.task.def_flags[mm] = (flags & MCL_FUTURE) !== 0 ? onfault : 0;
  if ((flags & MCL_CURRENT) === 0) return 0;
  lock_all(w, mm, onfault);
  w.task.locked_all[mm] = 1;
  for (let v = find_vma(w, addressStart(mm)); v >= 0; v = next(w, v)) mm_populate(w, v, w.vma.end[v]);
  return 0;
}

export function sys_munlockall(w: World, mm: number): number {
  w.task.def_flags[mm] = 0;
  lock_all(w, mm, 0);
  w.task.locked_all[mm] = 0;
  return 0;
}

function lock_all(w: World, mm: number, flags: number): void {
  for (let v = find_vma(w, addressStart(mm)); v >= 0; v = next(w, v)) {
    mlock_fixup(w, v, v, v + vma_pages(w, v), (w.vma.vm_flags[v] & ~VM_LOCKED_MASK) | flags);
  }
}

function addressStart(mm: number): number {
  return endOf(mm - 1);
}

function next(w: World, v: number): number {
  const end = w.vma.end[v];
  return end === endOf(mmOf(v)) ? -1 : find_vma(w, end);
}

/**
 * __mm_populate: bring pages in, in order, until one refuses. Mappings without struct pages have none to bring.
 * @returns 0 or -errno; mmap ignores it, mlock does not
 */
export function mm_populate(w: World, start: number, end: number): number {
  for (
    let v = find_vma_intersection(w, start, end);
    v >= 0;
    v = find_vma_intersection(w, w.vma.end[v], end)
  ) {
    const err = user_populate(w, v, Math.max(v, start), Math.min(w.vma.end[v], end));
    if (err !== 0) return err;
  }
  return 0;
}
