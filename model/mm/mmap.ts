import { ERRNO } from '../alphabet/errno.js';
import {
  INJECT_ALLOC,
  MMAP_LOCKED,
  MMAP_NOREPLACE,
  MMAP_POPULATE,
  MMAP_PRIVATE,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
} from '../alphabet/operands.js';
import { should_fail } from '../kernel/inject.js';
import type { World } from '../kernel/world.js';
import { mmOf } from '../kernel/world.js';
import { fput, get_file } from '../perf/event.js';
import { anon_populate } from './anon.js';
import {
  VM_EXEC,
  VM_LOCKED,
  VM_LOCKED_MASK,
  VM_MAYEXEC,
  VM_MAYREAD,
  VM_MAYWRITE,
  VM_READ,
  VM_SHARED,
  VM_SPECIAL,
  VM_WRITE,
} from './flags.js';
import { vma_merge } from './merge.js';
import { can_do_mlock, mlock_future_ok, mm_populate } from './mlock.js';
import { do_munmap, EEXIST } from './munmap.js';
import { zap_page_range } from './pgtable.js';
import { shmem_create } from './shmem.js';
import { EINVAL, ENOMEM, find_vma_intersection, vma_init, vma_link, vma_set_page_prot } from './vma.js';

/** PROT_READ, PROT_WRITE, PROT_EXEC as VMA flags (calc_vm_prot_bits). */
export function calc_vm_prot_bits(prot: number): number {
  return (
    ((prot & PROT_READ) !== 0 ? VM_READ : 0) |
    ((prot & PROT_WRITE) !== 0 ? VM_WRITE : 0) |
    ((prot & PROT_EXEC) !== 0 ? VM_EXEC : 0)
  );
}

/**
 * mmap(2) at a fixed place (do_mmap).
 * @param event the event behind the descriptor, or -1: anonymous
 */
export function sys_mmap(
  w: World,
  start: number,
  pages: number,
  prot: number,
  flags: number,
  event: number,
  pgoff: number,
): number {
  const mm = mmOf(start);
  const end = start + pages;
  if (pages === 0) return EINVAL;
  if ((flags & MMAP_NOREPLACE) !== 0 && find_vma_intersection(w, start, end) >= 0) return EEXIST;
  let vm_flags = calc_vm_prot_bits(prot) | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC | w.task.def_flags[mm];
  if ((flags & MMAP_PRIVATE) === 0) vm_flags |= VM_SHARED;
  if ((flags & MMAP_LOCKED) !== 0) {
    if (!can_do_mlock(w, mm)) return -ERRNO.EPERM;
    vm_flags |= VM_LOCKED;
  }
  if (!mlock_future_ok(w, mm, vm_flags, pages)) return -ERRNO.EAGAIN;
  if (event >= 0 && noexec(w)) {
    if ((vm_flags & VM_EXEC) !== 0) return -ERRNO.EPERM;
    vm_flags &= ~VM_MAYEXEC;
  }
  const err = mmap_region(w, start, end, vm_flags, event, pgoff);
  if (err !== 0) return err;
  if ((flags & MMAP_POPULATE) !== 0 || (vm_flags & VM_LOCKED) !== 0) mm_populate(w, start, end);
  return 0;
}

/** The anonymous inode file system of event files is mounted noexec (path_noexec). */
function noexec(w: World): boolean {
  return w.design.core.anon_inodes_noexec;
}

/**
 * mmap_region: what was in the way is unmapped and closed first, and stays so when the file's mmap then fails;
 * the file maps with the vm_page_prot of plain flags; write-notify comes after.
 */
function mmap_region(
  w: World,
  start: number,
  end: number,
  vm_flags: number,
  event: number,
  pgoff: number,
): number {
  let err = do_munmap(w, start, end);
  if (err !== 0) return err;
  if (event < 0) {
    const shared = (vm_flags & VM_SHARED) !== 0;
    vma_init(w, start, end, vm_flags, 0, shared ? shmem_create(w, end - start) : 0);
    if (!shared) anon_populate(w, start, end);
  } else {
    vma_init(w, start, end, vm_flags, pgoff, event + 1);
    get_file(w, event);
    err = w.design.mmap(w, start);
    if (err === 0 && fails_later(w)) err = ENOMEM;
    if (err !== 0) {
      zap_page_range(w, start, end);
      w.vma.used[start] = 0;
      fput(w, event);
      return err;
    }
  }
  vma_link(w, start);
  account_locked(w, start);
  vma_set_page_prot(w, start);
  if (event >= 0) err = w.design.mmap_complete?.(w, start) ?? 0;
  if (err !== 0) {
    do_munmap(w, start, end);
    return err;
  }
  vma_merge(w, start);
  return 0;
}

/** The file's part is done: its VMA is allocated only now (mmap_prepare), or is refused after all. Nobody tells the file. */
function fails_later(w: World): boolean {
  const { mmap_complete, core } = w.design;
  return (mmap_complete !== undefined || core.fails_after_mmap) && should_fail(w, INJECT_ALLOC);
}

/** A VMA that asked to be locked is counted, or, if it is special, is not locked after all. */
function account_locked(w: World, v: number): void {
  const { vm_flags, end } = w.vma;
  if ((vm_flags[v] & VM_LOCKED) === 0) return;
  if ((vm_flags[v] & VM_SPECIAL) !== 0) vm_flags[v] &= ~VM_LOCKED_MASK;
  else w.task.locked_vm[mmOf(v)] += end[v] - v;
}
