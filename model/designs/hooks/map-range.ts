import type { World } from '../../kernel/world.js';
import { VM_FAULT_SIGBUS, VM_SHARED } from '../../mm/flags.js';
import { remap_pfn_range, zap_page_range } from '../../mm/pgtable.js';
import { EINVAL, linear_page_index, vm_get_page_prot } from '../../mm/vma.js';
import { perf_mmap_to_page } from '../../perf/ring-buffer.js';

/**
 * map_range (v6.14): every page of the VMA is mapped in advance, write-protected, without its struct page. A failure
 * takes back what was mapped.
 */
export function map_range(w: World, v: number, rb: number): number {
  const end = w.vma.end[v];
  const prot = vm_get_page_prot(w.vma.vm_flags[v] & ~VM_SHARED);
  for (let address = v; address < end; address++) {
    const got = perf_mmap_to_page(w, rb, linear_page_index(w, v, address));
    const err = got === 0 ? EINVAL : remap_pfn_range(w, v, address, got - 1, prot);
    if (err !== 0) {
      zap_page_range(w, v, end);
      return err;
    }
  }
  return 0;
}

/** perf_mmap_pfn_mkwrite (v6.14): page 0 is the control page, all others are read-only. */
export function perf_mmap_pfn_mkwrite(_w: World, _v: number, _address: number, pgoff: number): number {
  return pgoff === 0 ? 0 : VM_FAULT_SIGBUS;
}

/** perf_mmap_may_split (v6.17, and stable kernels from July 2025): a perf mapping is never cut. */
export function perf_mmap_may_split(): number {
  return EINVAL;
}

/** Nothing to undo in a page that the mapping never wrote to. */
export function leave_page(): void {}
