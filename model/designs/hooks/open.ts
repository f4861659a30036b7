import { atomic_inc } from '../../kernel/atomic.js';
import type { World } from '../../kernel/world.js';
import { event_mapped } from '../../perf/rdpmc.js';

/** perf_mmap_open: whatever made the copy, it counts as a mapping; any pgoff but 0 counts as AUX (all kernels to v7.3). */
export function perf_mmap_open(w: World, v: number): void {
  const e = w.vma.file[v] - 1;
  const rb = w.event.rb[e] - 1;
  atomic_inc(w, w.event.mmap_count, e);
  atomic_inc(w, w.rb.mmap_count, rb);
  if (w.vma.vm_pgoff[v] !== 0) atomic_inc(w, w.rb.aux_mmap_count, rb);
  event_mapped(w, v);
}
