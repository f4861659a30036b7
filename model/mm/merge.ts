import { ARENA_PAGES } from '../alphabet/bounds.js';
import type { World } from '../kernel/world.js';
import { endOf, mmOf } from '../kernel/world.js';
import { shmem_put } from './shmem.js';
import { linear_page_index, vma_link, vma_lookup } from './vma.js';

/**
 * Make one VMA of this one and its neighbours, where they are the same memory with the same flags (vma_merge).
 * Mappings with vm_ops are never merged. Customised: private memory merges whatever pages have come in, where the kernel
 * asks for compatible anon_vmas, too.
 */
export function vma_merge(w: World, v: number): void {
  let merged = v;
  if (v % ARENA_PAGES !== 0) {
    const prev = vma_lookup(w, v - 1);
    if (prev >= 0 && can_vma_merge(w, prev, v)) merged = join(w, prev, v);
  }
  const end = w.vma.end[merged];
  if (end === endOf(mmOf(v))) return;
  const next = vma_lookup(w, end);
  if (next >= 0 && can_vma_merge(w, merged, next)) join(w, merged, next);
}

function can_vma_merge(w: World, lower: number, upper: number): boolean {
  const { vm_flags, vm_ops, file, vm_pgoff } = w.vma;
  if (vm_ops[lower] !== 0 || file[lower] !== file[upper]) return false;
  if (vm_flags[lower] !== vm_flags[upper]) return false;
  return file[lower] === 0 || linear_page_index(w, lower, upper) === vm_pgoff[upper];
}

/** The upper one becomes part of the lower. */
function join(w: World, lower: number, upper: number): number {
  w.vma.end[lower] = w.vma.end[upper];
  w.vma.used[upper] = 0;
  shmem_put(w, w.vma.file[upper]);
  vma_link(w, lower);
  return lower;
}
