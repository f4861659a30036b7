import type { World } from '../kernel/world.js';
import { anon_resident } from './anon.js';
import { ENOMEM, vma_lookup } from './vma.js';

/**
 * mincore(2). The caller neither owns the anonymous inode of event files nor may it write to it, so perf pages
 * are all said to be resident (can_do_mincore, v5.0).
 * @returns 0 or -errno; the answer is left in `mincore_vec`
 */
export function sys_mincore(w: World, start: number, pages: number): number {
  mincore_vec = 0;
  for (let i = 0; i < pages; i++) {
    const v = vma_lookup(w, start + i);
    if (v < 0) return ENOMEM;
    if (w.vma.file[v] > 0 || anon_resident(w, v, start + i)) mincore_vec |= 1 << i;
  }
  return 0;
}

/** Bit i: page i of the last successful `sys_mincore` is resident. */
export let mincore_vec = 0;
