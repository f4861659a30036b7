import { ERRNO } from '../alphabet/errno.js';
import { ADVICE } from '../alphabet/operands.js';
import type { World } from '../kernel/world.js';
import { anon_zero } from './anon.js';
import {
  VM_DONTCOPY,
  VM_DONTDUMP,
  VM_HUGEPAGE,
  VM_IO,
  VM_LOCKED,
  VM_MERGEABLE,
  VM_NOHUGEPAGE,
  VM_PFNMAP,
  VM_RAND_READ,
  VM_SEQ_READ,
  VM_SHARED,
  VM_SPECIAL,
  VM_WIPEONFORK,
} from './flags.js';
import { check_vma_flags } from './gup.js';
import { vma_merge } from './merge.js';
import { zap_page_range } from './pgtable.js';
import { touch } from './populate.js';
import { EFAULT, EINVAL, ENOMEM, find_vma_intersection, split_around, vma_lookup } from './vma.js';

const named = (name: string): number => (ADVICE.names ?? []).indexOf(name);
const NORMAL = named('NORMAL');
const RANDOM = named('RANDOM');
const SEQUENTIAL = named('SEQUENTIAL');
const WILLNEED = named('WILLNEED');
const DONTNEED = named('DONTNEED');
const FREE = named('FREE');
const REMOVE = named('REMOVE');
const DONTFORK = named('DONTFORK');
const DOFORK = named('DOFORK');
const MERGEABLE = named('MERGEABLE');
const UNMERGEABLE = named('UNMERGEABLE');
const HUGEPAGE = named('HUGEPAGE');
const NOHUGEPAGE = named('NOHUGEPAGE');
const DONTDUMP = named('DONTDUMP');
const DODUMP = named('DODUMP');
const WIPEONFORK = named('WIPEONFORK');
const KEEPONFORK = named('KEEPONFORK');
const COLD = named('COLD');
const PAGEOUT = named('PAGEOUT');
const POPULATE_READ = named('POPULATE_READ');
const POPULATE_WRITE = named('POPULATE_WRITE');
const DONTNEED_LOCKED = named('DONTNEED_LOCKED');
const HWPOISON = named('HWPOISON');
const SOFT_OFFLINE = named('SOFT_OFFLINE');
const COLLAPSE = named('COLLAPSE');
const GUARD_INSTALL = named('GUARD_INSTALL');
const GUARD_REMOVE = named('GUARD_REMOVE');
const UNKNOWN = named('unknown');

/** madvise(2): mapping after mapping; a hole is remembered as -ENOMEM and passed over, an error ends it. */
export function sys_madvise(w: World, start: number, pages: number, advice: number): number {
  if (unknown(w, advice)) return EINVAL;
  const end = start + pages;
  if (advice === POPULATE_READ || advice === POPULATE_WRITE)
    return madvise_populate(w, start, end, advice === POPULATE_WRITE);
  let hole = 0;
  for (let a = start; a < end; ) {
    const v = vma_lookup(w, a);
    if (v < 0) {
      hole = ENOMEM;
      const above = find_vma_intersection(w, a, end);
      if (above < 0) break;
      a = above;
      continue;
    }
    const upper = Math.min(w.vma.end[v], end);
    const err = madvise_vma(w, v, a, upper, advice);
    if (err !== 0) return err;
    a = upper;
  }
  return hole;
}

/** Advices of features that the kernel was built without are unknown to it. */
function unknown(w: World, advice: number): boolean {
  switch (advice) {
    case HUGEPAGE:
    case NOHUGEPAGE:
    case COLLAPSE:
      return w.sys.thp[0] === 0;
    case MERGEABLE:
    case UNMERGEABLE:
      return w.sys.ksm[0] === 0;
    case GUARD_INSTALL:
    case GUARD_REMOVE:
      return !w.design.core.guard_regions;
    default:
      return advice === UNKNOWN || advice === HWPOISON || advice === SOFT_OFFLINE;
  }
}

/** madvise_vma_behavior for one VMA. */
function madvise_vma(w: World, v: number, start: number, end: number, advice: number): number {
  const flags = w.vma.vm_flags[v];
  switch (advice) {
    case WILLNEED:
      return 0;
    case DONTNEED:
    case DONTNEED_LOCKED:
      return madvise_dontneed(w, v, start, end, advice);
    case REMOVE:
      return madvise_remove(w, v, start, end);
    case FREE:
      // Freed when memory is short: this model's never is.
      return w.vma.file[v] === 0 && (flags & VM_LOCKED) === 0 ? 0 : EINVAL;
    case GUARD_REMOVE:
      return (flags & VM_SPECIAL) === 0 ? 0 : EINVAL;
    case COLD:
    case PAGEOUT:
      return (flags & (VM_LOCKED | VM_PFNMAP)) !== 0 ? EINVAL : 0;
    default:
      return madvise_flags(w, v, start, end, advice);
  }
}

function madvise_dontneed(w: World, v: number, start: number, end: number, advice: number): number {
  const forbidden = advice === DONTNEED ? VM_PFNMAP | VM_LOCKED : VM_PFNMAP;
  if ((w.vma.vm_flags[v] & forbidden) !== 0) return EINVAL;
  if (w.vma.file[v] > 0) zap_page_range(w, start, end);
  else if ((w.vma.vm_flags[v] & VM_SHARED) === 0) anon_zero(w, v, start, end);
  return 0;
}

/** madvise_remove. (Its -EACCES is for files that were opened read-only: there are none here.) */
function madvise_remove(w: World, v: number, start: number, end: number): number {
  if ((w.vma.vm_flags[v] & VM_LOCKED) !== 0 || w.vma.file[v] === 0) return EINVAL;
  if (w.vma.file[v] > 0) return -ERRNO.ENODEV;
  anon_zero(w, v, start, end);
  return 0;
}

/** Advices that are flags of the mapping: a range that changes them becomes VMAs of its own. */
function madvise_flags(w: World, v: number, start: number, end: number, advice: number): number {
  const old = w.vma.vm_flags[v];
  const changed = advised_flags(old, advice);
  if (changed < 0) return changed;
  if (changed === old) return 0;
  const err = split_around(w, v, start, end);
  if (err !== 0) return err;
  w.changes++;
  w.vma.vm_flags[start] = changed;
  vma_merge(w, start);
  return 0;
}

/** @returns the flags after the advice, or -errno */
function advised_flags(flags: number, advice: number): number {
  switch (advice) {
    case NORMAL:
      return flags & ~(VM_RAND_READ | VM_SEQ_READ);
    case RANDOM:
      return (flags & ~VM_SEQ_READ) | VM_RAND_READ;
    case SEQUENTIAL:
      return (flags & ~VM_RAND_READ) | VM_SEQ_READ;
    case DONTFORK:
      return flags | VM_DONTCOPY;
    case DOFORK:
      return (flags & VM_IO) !== 0 ? EINVAL : flags & ~VM_DONTCOPY;
    case DONTDUMP:
      return flags | VM_DONTDUMP;
    case DODUMP:
      return (flags & VM_SPECIAL) !== 0 ? EINVAL : flags & ~VM_DONTDUMP;
    case WIPEONFORK:
      return (flags & VM_SHARED) !== 0 ? EINVAL : flags | VM_WIPEONFORK;
    case KEEPONFORK:
      return flags & ~VM_WIPEONFORK;
    case HUGEPAGE:
      return (flags & ~VM_NOHUGEPAGE) | VM_HUGEPAGE;
    case NOHUGEPAGE:
      return (flags & ~VM_HUGEPAGE) | VM_NOHUGEPAGE;
    case MERGEABLE:
      return (flags & (VM_SPECIAL | VM_SHARED)) !== 0 ? flags : flags | VM_MERGEABLE;
    case UNMERGEABLE:
      return flags & ~VM_MERGEABLE;
    default:
      // COLLAPSE and GUARD_INSTALL are for anonymous memory only, and open there.
      return EINVAL;
  }
}

/** madvise_populate: fault pages in, or say why not; incompatible mappings are -EINVAL, a SIGBUS is -EFAULT. */
function madvise_populate(w: World, start: number, end: number, write: boolean): number {
  for (let a = start; a < end; ) {
    const v = vma_lookup(w, a);
    if (v < 0) return ENOMEM;
    if (check_vma_flags(w.vma.vm_flags[v], write, false)) return EINVAL;
    const upper = Math.min(w.vma.end[v], end);
    if (touch(w, v, a, upper, write) !== 0) return EFAULT;
    a = upper;
  }
  return 0;
}
